import { expect } from "chai";
import { args, names, register, statementsOf } from "./fixture";

describe("the rights of ChaosExperiments", () => {
  it("gives each experiment a role of its own, bounded, that hits only what is marked", async () => {
    const registrations = await register("known");
    const hits = {
      "zone-power-us-west-2a": ["HitNodes", "CutSubnets", "StopCache"],
      "node-loss": ["HitNodes"],
      "node-latency": ["HitNodes"],
      "database-failover": ["FailOver"],
      "spot-interruption": ["HitNodes"],
      "region-connectivity": ["RerouteSubnets"],
    };
    for (const [name, sids] of Object.entries(hits))
      for (const sid of sids) {
        const statement = statementsOf(registrations, name).find(({ Sid }) => Sid === sid);
        expect(statement?.Condition, `${name} ${sid}`).to.deep.equal({
          StringEquals: {
            "aws:ResourceTag/chaos": "allowed",
            "aws:ResourceTag/environment": "dev",
          },
        });
      }
    const roles = registrations.filter(({ type }) => type === "aws:iam/role:Role");
    expect(roles.length).to.equal(names.length);
    for (const { inputs } of roles) {
      expect(inputs["permissionsBoundary"]).to.equal(args.permissionsBoundaryArn);
      expect(inputs["assumeRolePolicy"]).to.contain('"aws:SourceAccount":"123456789012"');
    }
  });

  it("ends no instance and fails no database over with another experiment's role", async () => {
    const registrations = await register("known");
    const actionsOf = (name: string) =>
      statementsOf(registrations, name).flatMap(({ Action }) => Action);
    expect(actionsOf("node-loss")).not.to.include("ec2:SendSpotInstanceInterruptions");
    expect(actionsOf("spot-interruption")).not.to.include("ec2:TerminateInstances");
    expect(
      statementsOf(registrations, "node-latency")
        .filter(({ Action }) => Action === "ssm:SendCommand")
        .map(({ Resource }) => Resource),
    ).to.deep.equal([
      "arn:aws:ec2:us-west-2:123456789012:instance/*",
      "arn:aws:ssm:us-west-2::document/AWSFIS-Run-Network-Latency-Sources",
    ]);
    expect(
      actionsOf("network-latency").filter((one) => /:(Terminate|Stop|Failover)/.test(one)),
    ).to.deep.equal([]);
  });
});
