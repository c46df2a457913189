import { expect } from "chai";
import type { Registration } from "../../tools/offline/registration";
import { environmentNames, planned, plannedWith } from "../support/planned";

interface Network {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

const ofType = (registrations: readonly Registration[], type: string) =>
  registrations.filter((one) => one.type === type);

/** Whether an egress rule of one of the groups lets HTTPS through to what is given. */
function mayReach(
  registrations: readonly Registration[],
  { securityGroupIds }: Network,
  to: Readonly<Record<string, unknown>>,
): boolean {
  const egress = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
  return ofType(registrations, egress).some(
    ({ inputs }) =>
      securityGroupIds.includes(String(inputs["securityGroupId"])) &&
      inputs["fromPort"] === 443 &&
      inputs["toPort"] === 443 &&
      Object.entries(to).every(([key, value]) => inputs[key] === value),
  );
}

/** What keeps a function in the network from Secrets Manager; its values are decrypted by Secrets Manager, not by it. */
function obstacles(registrations: readonly Registration[], network: Network): string[] {
  const [vpc] = ofType(registrations, "awsx:ec2:Vpc");
  const problems = network.subnetIds
    .filter((subnet) => !subnet.includes("-private-"))
    .map((subnet) => `${subnet} has no way out`);
  const endpoint = ofType(registrations, "aws:ec2/vpcEndpoint:VpcEndpoint").find(({ inputs }) =>
    String(inputs["serviceName"]).endsWith(".secretsmanager"),
  );
  if (endpoint === undefined) {
    const nat = (vpc?.inputs["natGateways"] as { strategy: string } | undefined)?.strategy;
    if (nat === undefined || nat === "None") problems.push("there is neither endpoint nor NAT");
    if (!mayReach(registrations, network, { cidrIpv4: "0.0.0.0/0" }))
      problems.push("its groups let nothing out to the NAT gateway");
    return problems;
  }
  const { privateDnsEnabled, securityGroupIds = [] } = endpoint.inputs as {
    readonly privateDnsEnabled?: boolean;
    readonly securityGroupIds?: readonly string[];
  };
  if (privateDnsEnabled !== true) problems.push("the endpoint does not answer to the usual name");
  for (const group of securityGroupIds) {
    if (!mayReach(registrations, network, { referencedSecurityGroupId: group }))
      problems.push(`its groups let nothing out to ${group}`);
    const admitted = ofType(
      registrations,
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    ).some(
      ({ inputs }) =>
        inputs["securityGroupId"] === group &&
        inputs["fromPort"] === 443 &&
        inputs["cidrIpv4"] === vpc?.inputs["cidrBlock"],
    );
    if (!admitted) problems.push(`${group} lets nobody in`);
  }
  return problems;
}

/** One that looks after traces, for example, asks OpenSearch alone. */
function asksSecretsManager(registrations: readonly Registration[], name: string): boolean {
  const policy = ofType(registrations, "aws:iam/rolePolicy:RolePolicy").find(
    (one) => one.name === name,
  );
  return JSON.stringify(policy?.inputs["policy"] ?? "").includes("secretsmanager:");
}

function obstaclesOf(registrations: readonly Registration[]): Record<string, string[]> {
  const functions = ofType(registrations, "aws:lambda/function:Function").filter(({ name }) =>
    asksSecretsManager(registrations, name),
  );
  return Object.fromEntries(
    functions.flatMap(({ name, inputs }) => {
      const network = inputs["vpcConfig"] as Network | undefined;
      return network === undefined ? [] : [[name, obstacles(registrations, network)]];
    }),
  );
}

describe("functions inside the network reach Secrets Manager", () => {
  const inNetwork = {
    dev: ["users", "database-users", "database-rotation", "secret-rotation"],
    prod: [
      ...["users", "database-users", "database-rotation", "secret-rotation"],
      "restore-validation",
    ],
    // Users of the database come with its data, and what restores prove, prod proves.
    recovery: ["users"],
  } as const;
  for (const name of environmentNames)
    it(`in ${name}`, async () => {
      expect(obstaclesOf(await planned(name, "known"))).to.deep.equal(
        Object.fromEntries(inNetwork[name].map((role) => [`auterity-${name}-${role}`, []])),
      );
    });

  it("with endpoints, and without them, in one and the same environment", async function () {
    // Two plans that no other test has made.
    this.timeout(120_000);
    for (const [name, interfaceEndpoints] of [
      ["dev", "baseline"],
      ["prod", "none"],
    ] as const) {
      const registrations = await plannedWith(name, {
        "settings.network.interfaceEndpoints": interfaceEndpoints,
      });
      expect(Object.values(obstaclesOf(registrations)).flat(), name).to.deep.equal([]);
    }
  });

  it("which is noticed when it is not so", async () => {
    const registrations = (await planned("dev", "known")).filter(
      ({ type, name }) => !(type.includes("EgressRule") && name === "auterity-dev-secret-rotation"),
    );
    expect(obstaclesOf(registrations)["auterity-dev-secret-rotation"]).to.deep.equal([
      "its groups let nothing out to the NAT gateway",
    ]);
  });
});
