import { expect } from "chai";
import type { GlobalDatabase } from "../../../components/multi-az-database";
import { inputsOf, multiZone, primary, registered, secondary, single } from "./fixture";

const parts = (cluster: string): string[] => [
  `aws:kms/key:Key ${cluster}`,
  `aws:kms/alias:Alias ${cluster}`,
  `aws:rds/subnetGroup:SubnetGroup ${cluster}`,
  `aws:ec2/securityGroup:SecurityGroup ${cluster}`,
  `aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule ${cluster}-nodes`,
  `aws:rds/clusterParameterGroup:ClusterParameterGroup ${cluster}`,
  `aws:rds/parameterGroup:ParameterGroup ${cluster}`,
  `aws:iam/role:Role ${cluster}-monitoring`,
  `aws:iam/rolePolicy:RolePolicy ${cluster}-monitoring`,
  `aws:cloudwatch/logGroup:LogGroup ${cluster}-postgresql`,
  `aws:cloudwatch/logGroup:LogGroup ${cluster}-iam-db-auth-error`,
  `aws:rds/cluster:Cluster ${cluster}`,
];
const alarm = (role: string) => `aws:cloudwatch/metricAlarm:MetricAlarm shop-${role}`;
const instance = (zone: string) => `aws:rds/clusterInstance:ClusterInstance shop-${zone}`;
const shop = [
  "platform:data:MultiAzDatabase shop",
  ...parts("shop"),
  ...["local-storage", "memory", "connections"].map(alarm),
  ...["cluster", "instances"].map(
    (one) => `aws:rds/eventSubscription:EventSubscription shop-${one}`,
  ),
];
const threeZones = [
  ...shop,
  alarm("replica-lag"),
  ...["us-west-2a", "us-west-2b", "us-west-2c"].map(instance),
];

describe("MultiAzDatabase", () => {
  for (const mode of ["known", "unknown"] as const) {
    const names = async (args: typeof single) =>
      (await registered(args, mode)).map(({ type, name }) => `${type} ${name}`);

    it(`is one instance for development (${mode} values)`, async () => {
      expect(await names(single)).to.have.members([...shop, instance("us-west-2a")]);
    });

    it(`is an instance in each zone (${mode} values)`, async () => {
      expect(await names(multiZone)).to.have.members(threeZones);
    });

    it(`is the primary of a global database, with a secret of its own (${mode} values)`, async () => {
      expect(await names(primary)).to.have.members([
        ...threeZones,
        "aws:rds/globalCluster:GlobalCluster shop",
        "aws:secretsmanager/secret:Secret shop-master",
        "aws:secretsmanager/secretVersion:SecretVersion shop-master",
        "aws:kms/key:Key shop-master-copy",
      ]);
    });

    it(`is a copy of the data in another region, with alarms of its own (${mode} values)`, async () => {
      expect(await names(secondary)).to.have.members([
        ...shop.filter(
          (one) => one !== "aws:rds/eventSubscription:EventSubscription shop-instances",
        ),
        ...["replica-lag", "global-lag", "global-rpo"].map(alarm),
      ]);
    });
  }

  it("adds readers to the copy where it is to answer queries, or to take over", async () => {
    const globalDatabase = { ...secondary.globalDatabase!, instances: "readers" } as GlobalDatabase;
    const made = await registered({ ...secondary, globalDatabase });
    expect(
      made.filter(({ type }) => type.endsWith(":ClusterInstance")).map(({ name }) => name),
    ).to.deep.equal(["shop-us-east-2a", "shop-us-east-2b"]);
  });

  it("is encrypted, private, backed up, logged and hard to delete", async () => {
    const cluster = inputsOf(await registered(multiZone), "aws:rds/cluster:Cluster", "shop");
    expect(cluster).to.deep.include({
      engine: "aurora-postgresql",
      engineVersion: "17.10",
      engineLifecycleSupport: "open-source-rds-extended-support-disabled",
      allowMajorVersionUpgrade: false,
      masterUsername: "platform",
      manageMasterUserPassword: true,
      iamDatabaseAuthenticationEnabled: true,
      storageEncrypted: true,
      kmsKeyId: "arn:aws:kms:us-west-2:123456789012:key/shop-id",
      masterUserSecretKmsKeyId: "arn:aws:kms:us-west-2:123456789012:key/shop-id",
      performanceInsightsEnabled: true,
      performanceInsightsRetentionPeriod: 7,
      databaseInsightsMode: "standard",
      enabledCloudwatchLogsExports: ["postgresql", "iam-db-auth-error"],
      backupRetentionPeriod: 7,
      copyTagsToSnapshot: true,
      deletionProtection: true,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: "shop-final",
    });
    expect(cluster).not.to.have.any.keys("masterPassword", "globalClusterIdentifier");
    const made = await registered(multiZone);
    const protectedOnes = made.filter(({ protect }) => protect).map(({ type }) => type);
    expect(new Set(protectedOnes)).to.deep.equal(
      new Set([
        "aws:kms/key:Key",
        "aws:rds/cluster:Cluster",
        "aws:rds/clusterInstance:ClusterInstance",
      ]),
    );
  });

  it("forces TLS and strong passwords, and logs what is slow", async () => {
    const made = await registered(multiZone);
    const group = inputsOf(made, "aws:rds/clusterParameterGroup:ClusterParameterGroup", "shop");
    const parameters = Object.fromEntries(
      (group["parameters"] as { name: string; value: string }[]).map(({ name, value }) => [
        name,
        value,
      ]),
    );
    expect(parameters).to.include({
      "rds.force_ssl": "1",
      "rds.accepted_password_auth_method": "scram",
      shared_preload_libraries: "pg_stat_statements",
      log_connections: "1",
      log_min_duration_statement: "1000",
    });
  });

  it("puts an instance into each zone, measured and moved by nobody but us", async () => {
    const made = await registered(multiZone);
    const zones = ["us-west-2a", "us-west-2b", "us-west-2c"];
    for (const [index, zone] of zones.entries())
      expect(
        inputsOf(made, "aws:rds/clusterInstance:ClusterInstance", `shop-${zone}`),
      ).to.deep.include({
        availabilityZone: zone,
        promotionTier: index,
        instanceClass: "db.r6g.large",
        publiclyAccessible: false,
        autoMinorVersionUpgrade: false,
        monitoringInterval: 60,
        caCertIdentifier: "rds-ca-rsa2048-g1",
      });
  });

  it("lets in the groups that are named, on its port, and nothing out", async () => {
    const made = await registered(multiZone);
    const rules = made.filter(({ type }) => type.startsWith("aws:vpc/"));
    expect(rules.map(({ inputs }) => inputs)).to.deep.equal([
      {
        region: "us-west-2",
        securityGroupId: "shop-id",
        referencedSecurityGroupId: "sg-nodes",
        description: "PostgreSQL for nodes",
        ipProtocol: "tcp",
        fromPort: 5432,
        toPort: 5432,
        tags: {},
      },
    ]);
    const group = inputsOf(made, "aws:ec2/securityGroup:SecurityGroup", "shop");
    expect(group).not.to.have.any.keys("ingress", "egress");
  });

  it("takes a password of its own in a global database, which only its first functions know", async () => {
    const made = await registered(primary);
    const cluster = inputsOf(made, "aws:rds/cluster:Cluster", "shop");
    expect(cluster).to.include({ masterUsername: "platform", globalClusterIdentifier: "shop-id" });
    expect(cluster).not.to.have.any.keys("manageMasterUserPassword", "sourceRegion");
    expect(cluster).to.have.property("masterPassword");
    const secret = inputsOf(made, "aws:secretsmanager/secret:Secret", "shop-master");
    expect(secret["replicas"]).to.deep.equal([
      {
        region: "us-east-2",
        kmsKeyId: "arn:aws:kms:us-east-2:123456789012:key/shop-master-copy-id",
      },
    ]);
    expect(made.filter(({ protect }) => protect).map(({ name }) => name)).to.include.members([
      "shop-master",
      "shop-master-copy",
    ]);
  });

  it("joins a global database by its name, with a key of its own and no password", async () => {
    const made = await registered(secondary);
    const copy = inputsOf(made, "aws:rds/cluster:Cluster", "shop");
    expect(copy).not.to.have.any.keys("masterUsername", "masterPassword", "databaseName");
    expect(copy).to.include({
      region: "us-east-2",
      globalClusterIdentifier: "market",
      sourceRegion: "us-west-2",
      storageEncrypted: true,
      kmsKeyId: "arn:aws:kms:us-east-2:123456789012:key/shop-id",
    });
    const { ignoreChanges } = made.find(({ type }) => type === "aws:rds/cluster:Cluster")!;
    expect(ignoreChanges).to.deep.equal(["globalClusterIdentifier", "replicationSourceIdentifier"]);
  });

  it("tells when more would be lost with the other region than may be, or when nobody knows", async () => {
    const made = await registered(secondary);
    expect(
      ["global-lag", "global-rpo"].map((role) => {
        const alarmed = inputsOf(made, "aws:cloudwatch/metricAlarm:MetricAlarm", `shop-${role}`);
        expect(alarmed["dimensions"]).to.deep.equal({
          DBClusterIdentifier: "shop",
          SourceRegion: "us-west-2",
        });
        return [alarmed["metricName"], alarmed["threshold"], alarmed["treatMissingData"]];
      }),
    ).to.deep.equal([
      ["AuroraGlobalDBReplicationLag", 10_000, "notBreaching"],
      ["AuroraGlobalDBRPOLag", 60_000, "breaching"],
    ]);
  });

  it("tells when it comes close to its limits", async () => {
    const made = await registered(multiZone);
    const alarmOf = (role: string) =>
      inputsOf(made, "aws:cloudwatch/metricAlarm:MetricAlarm", `shop-${role}`);
    expect(
      ["replica-lag", "local-storage", "memory", "connections"].map((role) => {
        const { metricName, statistic, threshold, dimensions, alarmActions } = alarmOf(role);
        expect([dimensions, alarmActions]).to.deep.equal([
          { DBClusterIdentifier: "shop" },
          [multiZone.alarmTopicArn],
        ]);
        return [metricName, statistic, threshold];
      }),
    ).to.deep.equal([
      ["AuroraReplicaLagMaximum", "Maximum", 2000],
      ["FreeLocalStorage", "Minimum", 2 * 1024 ** 3],
      ["FreeableMemory", "Minimum", 819 * 1024 ** 2],
      ["DatabaseConnections", "Maximum", 1441],
    ]);
  });
});

describe("the example of MultiAzDatabase", () => {
  it("runs as a program of its own", async () => {
    const { startOfflineEngine } = await import("../../support/engine.js");
    const engine = await startOfflineEngine({
      project: "example-multi-az-database",
      config: { "example-multi-az-database:accountId": "123456789012" },
    });
    await import("../../../examples/multi-az-database/index.js");
    await engine.settle();
    const types = engine.registrations.map(({ type }) => type);
    expect(types).to.include.members([
      "platform:data:MultiAzDatabase",
      "platform:data:DatabaseUsers",
      "aws:lambda/invocation:Invocation",
    ]);
  });
});
