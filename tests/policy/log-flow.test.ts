import { expect } from "chai";
import { logFlow } from "../../policy/rules/log-flow";
import { resource, unknownText } from "../support/check-policy";
import { excusing, existing, finder } from "../support/stack-rule";

const vpc = (id = "vpc-1") => existing("aws:ec2/vpc:Vpc", id, { id });
const log = (vpcId: string, trafficType = "ALL") =>
  existing("aws:ec2/flowLog:FlowLog", `log-${vpcId}`, { vpcId, trafficType });
const silent = "no flow log says who talks in it";

describe("log-flow", () => {
  const found = finder(logFlow);

  it("takes a network whose traffic is logged", async () => {
    expect(await found([vpc(), log("vpc-1")])).to.deep.equal([]);
    expect(await found([vpc(), log("vpc-1", "REJECT")])).to.deep.equal([]);
  });
  it("reports one whose traffic nobody logs, beside another's log", async () => {
    expect(await found([vpc(), vpc("vpc-2"), log("vpc-2")])).to.deep.equal([["vpc-1", silent]]);
  });
  it("reports a log that leaves out what was refused", async () => {
    expect(await found([vpc(), log("vpc-1", "ACCEPT")])).to.deep.equal([
      ["log-vpc-1", "trafficType: leaves out what was refused"],
    ]);
  });
  it("finds the network by what the log was built from, in a preview", async () => {
    const made = resource("aws:ec2/vpc:Vpc", {});
    const attached = resource(
      "aws:ec2/flowLog:FlowLog",
      { vpcId: unknownText },
      { propertyDependencies: { vpcId: [made.urn] } },
    );
    expect(await found([made, attached])).to.deep.equal([]);
  });
  it("excuses what a waiver names", async () => {
    expect(await found([vpc()], excusing("vpc-1"))).to.deep.equal([]);
  });
});
