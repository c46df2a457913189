import { expect } from "chai";
import { MultiAzCache, type MultiAzCacheArgs } from "../../../components/multi-az-cache";
import {
  childrenOf,
  inputsOf,
  network,
  place,
  problemsOf,
  registrationsOf,
  statementsOf,
} from "../../support/store-fixture";

const args: MultiAzCacheArgs = {
  ...place,
  cacheName: "shop-prod",
  network,
  nodeType: "cache.m7g.large",
  nodes: 2,
  users: {
    api: { secretName: "shop/api/cache" },
    web: { secretName: "shop/web/cache", keyPatterns: ["web:*"], channelPatterns: [] },
  },
  secretsKeyAlias: "alias/shop-secrets",
};

const register = (given = args, mode: "known" | "unknown" = "known") =>
  registrationsOf(() => new MultiAzCache("cache", given), mode);

describe("MultiAzCache", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers key, users, cache, logs, rotation and alarms (${mode} values)`, async () => {
      const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
      expect(childrenOf(await register(args, mode))).to.have.deep.members([
        ["platform:data:MultiAzCache", "cache", false],
        ["aws:kms/key:Key", "cache", true],
        ["aws:elasticache/user:User", "cache-default", false],
        ["aws:elasticache/user:User", "cache-api", false],
        ["aws:elasticache/user:User", "cache-web", false],
        ["aws:elasticache/userGroup:UserGroup", "cache", false],
        ["aws:elasticache/subnetGroup:SubnetGroup", "cache", false],
        ["aws:ec2/securityGroup:SecurityGroup", "cache-access", false],
        [
          "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
          "cache-access-nodes-6379",
          false,
        ],
        ["aws:elasticache/parameterGroup:ParameterGroup", "cache", false],
        ["aws:cloudwatch/logGroup:LogGroup", "cache-slow-log", false],
        ["aws:cloudwatch/logGroup:LogGroup", "cache-engine-log", false],
        ["aws:elasticache/replicationGroup:ReplicationGroup", "cache", true],
        ...["001", "002"].flatMap((node) =>
          ["memory", "evictions", "cpu", "lag"].map((what): [string, string, boolean] => [
            alarm,
            `cache-${node}-${what}`,
            false,
          ]),
        ),
        ["aws:cloudwatch/logGroup:LogGroup", "cache-users", false],
        ["aws:iam/role:Role", "cache-users", false],
        ["aws:iam/rolePolicy:RolePolicy", "cache-users", false],
        ["aws:lambda/function:Function", "cache-users", false],
        ["aws:lambda/permission:Permission", "cache-users", false],
      ]);
    });

  it("fails over between zones, encrypted on the wire and with its own key, in its own group", async () => {
    const registrations = await register();
    expect(inputsOf(registrations, "ReplicationGroup", "cache")).to.deep.include({
      replicationGroupId: "shop-prod",
      engine: "valkey",
      engineVersion: "8.2",
      numCacheClusters: 2,
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      atRestEncryptionEnabled: true,
      kmsKeyId: "arn:aws:kms:us-west-2:123456789012:key/cache-id",
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      userGroupIds: ["shop-prod"],
      securityGroupIds: ["cache-access-id"],
      snapshotRetentionLimit: 7,
      finalSnapshotIdentifier: "shop-prod-last",
    });
    expect(
      inputsOf(registrations, "SecurityGroupIngressRule", "cache-access-nodes-6379"),
    ).to.include({ referencedSecurityGroupId: "sg-nodes", fromPort: 6379, toPort: 6379 });
    expect(inputsOf(registrations, "SecurityGroup", "cache-access")).not.to.have.any.keys(
      "ingress",
      "egress",
    );
  });

  it("knows a user by service, made without a password, and a default one that may do nothing", async () => {
    const registrations = await register();
    expect(inputsOf(registrations, "User", "cache-default")).to.include({
      userName: "default",
      accessString: "off ~* -@all",
      noPasswordRequired: true,
    });
    const commands =
      "-@all +@read +@write +@connection +@transaction +@pubsub +@scripting -@admin -@dangerous +info";
    expect(inputsOf(registrations, "User", "cache-api")).to.deep.include({
      userId: "shop-prod-api",
      userName: "shop-prod-api",
      accessString: `on ~* &* ${commands}`,
      authenticationMode: { type: "iam" },
    });
    expect(inputsOf(registrations, "User", "cache-web")["accessString"]).to.equal(
      `on ~web:* ${commands}`,
    );
    for (const { type, inputs } of registrations)
      if (type.endsWith(":User")) expect(inputs).not.to.have.any.keys("passwords", "passwordsWo");
  });

  it("lets the rotation change its own users and secrets, and no others", async () => {
    const registrations = await register();
    const statements = statementsOf(inputsOf(registrations, "RolePolicy", "cache-users")["policy"]);
    expect(statements["SetPasswords"]?.["Resource"]).to.deep.equal([
      "arn:aws:elasticache:us-west-2:123456789012:user:shop-prod-api",
      "arn:aws:elasticache:us-west-2:123456789012:user:shop-prod-web",
    ]);
    expect(statements["RotateSecrets"]).to.deep.include({
      Resource: [
        "arn:aws:secretsmanager:us-west-2:123456789012:secret:shop/api/cache-??????",
        "arn:aws:secretsmanager:us-west-2:123456789012:secret:shop/web/cache-??????",
      ],
      Condition: {
        StringEquals: {
          "secretsmanager:resource/AllowRotationLambdaArn":
            "arn:aws:lambda:us-west-2:123456789012:function:shop-prod-cache-users",
        },
      },
    });
    const { variables } = inputsOf(registrations, "Function", "cache-users")["environment"] as {
      variables: Record<string, string>;
    };
    expect(JSON.parse(variables["CACHE_USERS"] ?? "")).to.deep.equal({
      "shop/api/cache": "shop-prod-api",
      "shop/web/cache": "shop-prod-web",
    });
  });

  it("has one node without failover where that is asked for", async () => {
    const registrations = await register({ ...args, nodes: 1, protect: false });
    const group = inputsOf(registrations, "ReplicationGroup", "cache");
    expect(group).to.include({ automaticFailoverEnabled: false, multiAzEnabled: false });
    expect(group).not.to.have.property("finalSnapshotIdentifier");
  });

  it("refuses what does not fit together, every problem at once", async () => {
    expect(
      await problemsOf(
        () =>
          new MultiAzCache("cache", {
            ...args,
            cacheName: "Shop--prod",
            network: { ...network, subnetIds: ["subnet-a"], clients: {} },
            nodeType: "cache.t2.micro",
            nodes: 7,
            users: { default: { secretName: "a b" }, web: { secretName: "x", keyPatterns: [] } },
            secretsKeyAlias: "shop",
            snapshotRetentionDays: 36,
            windows: { snapshot: "night", maintenance: "sunday" },
            logRetentionDays: 42,
          }),
      ),
    ).to.deep.equal([
      'cacheName: got "Shop--prod", need at most 40 lower-case letters, digits and single hyphens, beginning with a letter',
      "nodes: got 7, need 1 to 6",
      'nodeType: got "cache.t2.micro", of a generation without failover or encryption in transit, need t3, t4g, or m5, m6g, m7g, r5, r6g, r7g and newer',
      "network.subnetIds: got 1 subnet(s), need 2 or more, each in a zone of its own",
      "network.clients: got none, need a security group that may connect",
      'users.default: makes a user "Shop--prod-default", need at most 40 lower-case letters, digits and single hyphens, and another name than default',
      'users.default.secretName: got "a b", need the name of a secret',
      'users.web: makes a user "Shop--prod-web", need at most 40 lower-case letters, digits and single hyphens, and another name than default',
      "users.web.keyPatterns: got none, need at least one",
      'secretsKeyAlias: got "shop", need alias/…',
      'windows.snapshot: got "night", need a daily window in UTC such as 07:00-08:00',
      'windows.maintenance: got "sunday", need a weekly window in UTC such as sun:09:00-sun:10:00',
      "logRetentionDays: got 42, need one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
      "snapshotRetentionDays: got 36, need 0 to 35",
    ]);
  });
});
