import { expect } from "chai";
import { TraceStore, type TraceStoreArgs } from "../../../components/trace-store";
import { startOfflineEngine } from "../../support/engine";
import {
  childrenOf,
  inputsOf,
  network,
  place,
  problemsOf,
  registrationsOf,
  statementsOf,
} from "../../support/store-fixture";

const args: TraceStoreArgs = {
  ...place,
  domainName: "shop-traces",
  network,
  functionSubnetIds: ["subnet-x"],
  instanceType: "r7g.large.search",
  storageGiB: 100,
  retentionDays: 7,
  indexPrefix: "jaeger",
};

const register = (mode: "known" | "unknown" = "known") =>
  registrationsOf(() => new TraceStore("traces", args), mode);

describe("TraceStore", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers key, domain, its logs, what deletes old traces, and alarms (${mode} values)`, async () => {
      expect(childrenOf(await register(mode))).to.have.deep.members([
        ["platform:observation:TraceStore", "traces", false],
        ["aws:kms/key:Key", "traces", true],
        ["aws:ec2/securityGroup:SecurityGroup", "traces-retention", false],
        ["aws:ec2/securityGroup:SecurityGroup", "traces-access", false],
        ...["nodes", "retention"].map((client) => [
          "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
          `traces-access-${client}-443`,
          false,
        ]),
        ...["application", "slow-index", "slow-search", "retention"].map((log) => [
          "aws:cloudwatch/logGroup:LogGroup",
          `traces-${log}`,
          false,
        ]),
        ["aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "traces-logs", false],
        ["aws:opensearch/domain:Domain", "traces", true],
        [
          "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
          "traces-retention-domain",
          false,
        ],
        ["aws:iam/role:Role", "traces-retention", false],
        ["aws:iam/rolePolicy:RolePolicy", "traces-retention", false],
        ["aws:lambda/function:Function", "traces-retention", false],
        ["aws:iam/role:Role", "traces-retention-schedule", false],
        ["aws:iam/rolePolicy:RolePolicy", "traces-retention-schedule", false],
        ["aws:scheduler/schedule:Schedule", "traces-retention-schedule", false],
        ...["retention-failed", "red", "writes-blocked", "disk"].map((alarm) => [
          "aws:cloudwatch/metricAlarm:MetricAlarm",
          `traces-${alarm}`,
          false,
        ]),
      ]);
    });

  it("is private, encrypted everywhere, and in three zones", async () => {
    expect(inputsOf(await register(), "Domain", "traces")).to.deep.include({
      engineVersion: "OpenSearch_2.19",
      clusterConfig: {
        instanceType: "r7g.large.search",
        instanceCount: 3,
        zoneAwarenessEnabled: true,
        zoneAwarenessConfig: { availabilityZoneCount: 3 },
      },
      encryptAtRest: {
        enabled: true,
        kmsKeyId: "arn:aws:kms:us-west-2:123456789012:key/traces-id",
      },
      nodeToNodeEncryption: { enabled: true },
      domainEndpointOptions: {
        enforceHttps: true,
        tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10",
      },
      vpcOptions: { subnetIds: [...network.subnetIds], securityGroupIds: ["traces-access-id"] },
    });
  });

  it("lets the function delete indices of traces, and read no trace", async () => {
    const registrations = await register();
    const policy = inputsOf(registrations, "RolePolicy", "traces-retention")["policy"];
    const domain = "arn:aws:es:us-west-2:123456789012:domain/shop-traces";
    expect(statementsOf(policy)["DeleteOldIndices"]).to.deep.include({
      Action: ["es:ESHttpDelete", "es:ESHttpGet"],
      Resource: [`${domain}/jaeger-*`, `${domain}/_cat/indices/*`],
    });
    expect(inputsOf(registrations, "Function", "traces-retention")).to.have.nested.property(
      "environment.variables.RETENTION_DAYS",
      "7",
    );
  });

  it("refuses what does not fit together, every problem at once", async () => {
    expect(
      await problemsOf(
        () =>
          new TraceStore("traces", {
            ...args,
            domainName: "Traces",
            network: { ...network, subnetIds: ["subnet-a"] },
            functionSubnetIds: [],
            instanceType: "t3.small.search",
            storageGiB: 5,
            retentionDays: 0,
            indexPrefix: "*",
            logRetentionDays: 8,
          }),
      ),
    ).to.deep.equal([
      "network.subnetIds: got 1 subnet(s), need 3 or more, each in a zone of its own",
      "logRetentionDays: got 8, need one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
      'domainName: got "Traces", need 3 to 28 lower-case letters, digits and hyphens, beginning with a letter',
      'indexPrefix: got "*", need lower-case letters, digits and hyphens, beginning with a letter',
      "functionSubnetIds: got none, need at least one",
      'instanceType: got "t3.small.search", need a type such as r7g.large.search, and none of t2 or t3',
      "storageGiB: got 5, need 10 to 3072",
      "retentionDays: got 0, need 1 to 90",
    ]);
  });
});

describe("the example of TraceStore", () => {
  it("runs by itself, all with the provider of its account", async () => {
    const engine = await startOfflineEngine({ config: { "auterity:accountId": "123456789012" } });
    await import("../../../examples/trace-store/index.js");
    await engine.settle();
    const providers = engine.registrations
      .filter(({ type }) => type.startsWith("aws:"))
      .map(({ provider }) => provider.split("::")[3]);
    expect(providers).to.have.length.above(10);
    expect(new Set(providers)).to.deep.equal(new Set(["account"]));
  });
});
