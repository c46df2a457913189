import { expect } from "chai";
import { MessageBroker, type MessageBrokerArgs } from "../../../components/message-broker";
import {
  childrenOf,
  inputsOf,
  network,
  place,
  problemsOf,
  registrationsOf,
  statementsOf,
} from "../../support/store-fixture";

const args: MessageBrokerArgs = {
  ...place,
  brokerName: "shop-prod",
  network,
  rotationNetwork: { subnetIds: ["subnet-p"], endpointSecurityGroupId: "sg-endpoints" },
  instanceType: "mq.m7g.large",
  users: {
    api: { secretName: "shop/api/broker" },
    worker: { secretName: "shop/worker/broker", write: "^results$" },
  },
  administrator: {
    secretName: "shop/administrator",
    readerArns: ["arn:aws:iam::123456789012:role/secrets"],
    deployerArns: ["arn:aws:iam::123456789012:role/deployer"],
  },
  secretsKeyAlias: "alias/shop-secrets",
};

const register = (given = args, mode: "known" | "unknown" = "known") =>
  registrationsOf(() => new MessageBroker("broker", given), mode);

describe("MessageBroker", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers key, broker, administrator, rotation and alarms (${mode} values)`, async () => {
      const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
      const egress = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
      const plain = (type: string, ...names: string[]) =>
        names.map((name): [string, string, boolean] => [type, name, false]);
      expect(childrenOf(await register(args, mode))).to.have.deep.members([
        ...plain("platform:data:MessageBroker", "broker"),
        ["aws:kms/key:Key", "broker", true],
        ...plain("aws:ec2/securityGroup:SecurityGroup", "broker-users", "broker-access"),
        ...plain(
          ingress,
          "broker-access-nodes-5671",
          "broker-access-rotation-5671",
          "broker-access-rotation-443",
        ),
        ...plain(
          egress,
          "broker-users-management",
          "broker-users-connection",
          "broker-users-secrets",
        ),
        ...plain("aws:mq/configuration:Configuration", "broker"),
        ["aws:mq/broker:Broker", "broker", true],
        ...plain("aws:cloudwatch/logGroup:LogGroup", "broker-users"),
        ...plain("aws:iam/role:Role", "broker-users"),
        ...plain("aws:iam/rolePolicy:RolePolicy", "broker-users"),
        ...plain("aws:lambda/function:Function", "broker-users"),
        ...plain("aws:lambda/permission:Permission", "broker-users"),
        ["aws:secretsmanager/secret:Secret", "broker-administrator", true],
        ...plain("aws:secretsmanager/secretVersion:SecretVersion", "broker-administrator"),
        ...plain("aws:secretsmanager/secretPolicy:SecretPolicy", "broker-administrator"),
        ...plain("aws:secretsmanager/secretRotation:SecretRotation", "broker-administrator"),
        ...plain(
          "aws:cloudwatch/metricAlarm:MetricAlarm",
          ...["memory", "disk", "unread", "cpu", "silent"].map((what) => `broker-${what}`),
        ),
      ]);
    });

  it("is a private cluster over all zones, with its own key and its limits", async () => {
    const registrations = await register();
    expect(inputsOf(registrations, "Broker", "broker")).to.deep.include({
      engineType: "RabbitMQ",
      engineVersion: "3.13",
      deploymentMode: "CLUSTER_MULTI_AZ",
      subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
      securityGroups: ["broker-access-id"],
      publiclyAccessible: false,
      encryptionOptions: {
        useAwsOwnedKey: false,
        kmsKeyId: "arn:aws:kms:us-west-2:123456789012:key/broker-id",
      },
      logs: { general: true },
    });
    expect(inputsOf(registrations, "Configuration", "broker")["data"]).to.equal(
      "consumer_timeout = 1800000\nheartbeat = 60\n" +
        "management.restrictions.operator_policy_changes.disabled = true\n" +
        "secure.management.http.headers.enabled = true\n",
    );
  });

  it("opens the management API to the function alone, and the function to nothing else", async () => {
    const registrations = await register();
    expect(
      inputsOf(registrations, "SecurityGroupIngressRule", "broker-access-rotation-443"),
    ).to.include({ referencedSecurityGroupId: "broker-users-id", fromPort: 443 });
    expect(inputsOf(registrations, "SecurityGroupEgressRule", "broker-users-secrets")).to.include({
      referencedSecurityGroupId: "sg-endpoints",
    });
    const { rotationNetwork } = { rotationNetwork: { subnetIds: ["subnet-p"] } };
    expect(
      inputsOf(
        await register({ ...args, rotationNetwork }),
        "SecurityGroupEgressRule",
        "broker-users-secrets",
      ),
    ).to.include({ cidrIpv4: "0.0.0.0/0", fromPort: 443, toPort: 443 });
  });

  it("tells the function whose secret is whose, and no credential", async () => {
    const registrations = await register();
    const { variables } = inputsOf(registrations, "Function", "broker-users")["environment"] as {
      variables: Record<string, string>;
    };
    expect(JSON.parse(variables["BROKER_USERS"] ?? "")).to.deep.equal({
      "shop/api/broker": {
        kind: "service",
        ...{ username: "api", configure: ".*", write: ".*", read: ".*" },
      },
      "shop/worker/broker": {
        kind: "service",
        ...{ username: "worker", configure: ".*", write: "^results$", read: ".*" },
      },
      "shop/administrator": { kind: "administrator" },
    });
    expect(variables).to.include({
      BROKER_ADMINISTRATOR: "shop/administrator",
      MANAGEMENT_URL: "https://b-broker.mq.us-west-2.on.aws",
      CONNECTION_URL: "amqps://b-broker.mq.us-west-2.on.aws:5671",
      VHOST: "/",
    });
  });

  it("rotates the administrator at once, and lets nobody but function and administrators use it", async () => {
    const registrations = await register();
    expect(
      inputsOf(registrations, "SecretRotation", "broker-administrator")["rotateImmediately"],
    ).to.equal(true);
    const statements = statementsOf(
      inputsOf(registrations, "SecretPolicy", "broker-administrator")["policy"],
    );
    expect(statements["UsedByNobodyElse"]?.["Condition"]).to.deep.equal({
      ArnNotLike: {
        "aws:PrincipalArn": [
          "arn:aws:iam::123456789012:role/broker-users",
          "arn:aws:iam::123456789012:role/secrets",
        ],
      },
    });
    expect(statements["ChangeByNobodyElse"]?.["Condition"]).to.deep.equal({
      ArnNotLike: {
        "aws:PrincipalArn": [
          "arn:aws:iam::123456789012:role/deployer",
          "arn:aws:iam::123456789012:role/secrets",
          "arn:aws:iam::123456789012:root",
        ],
      },
    });
  });

  it("takes one node in one zone where that is asked for, of the smallest type too", async () => {
    const single = { ...args, deployment: "single", instanceType: "mq.m7g.medium" } as const;
    expect(inputsOf(await register(single), "Broker", "broker")).to.deep.include({
      deploymentMode: "SINGLE_INSTANCE",
      subnetIds: ["subnet-a"],
    });
  });

  const larger =
    "mq.m5.large, mq.m5.xlarge, mq.m5.2xlarge, mq.m5.4xlarge, mq.m7g.large, mq.m7g.xlarge, mq.m7g.2xlarge, mq.m7g.4xlarge, mq.m7g.8xlarge, mq.m7g.12xlarge, mq.m7g.16xlarge";
  for (const [instanceType, why] of [
    ["mq.m7g.medium", "which AWS offers for evaluation and not for a cluster"],
    ["mq.t3.micro", "which RabbitMQ does not run on"],
  ] as const)
    it(`refuses a cluster of ${instanceType}, and says what it takes`, async () => {
      expect(
        await problemsOf(() => new MessageBroker("broker", { ...args, instanceType })),
      ).to.deep.equal([`instanceType: got "${instanceType}", ${why}, need one of ${larger}`]);
    });

  it("refuses what does not fit together, every problem at once", async () => {
    expect(
      await problemsOf(
        () =>
          new MessageBroker("broker", {
            ...args,
            brokerName: "shop prod",
            network: { ...network, subnetIds: ["subnet-a", "subnet-b"] },
            rotationNetwork: { subnetIds: [] },
            users: {
              guest: { secretName: "shop/administrator" },
              api: { secretName: "x", read: "(" },
            },
            administrator: { ...args.administrator, readerArns: [], deployerArns: [] },
            maintenance: { dayOfWeek: "Sunday", timeOfDay: "10" },
            consumerTimeoutMinutes: 0,
          }),
      ),
    ).to.deep.equal([
      'brokerName: got "shop prod", need at most 50 letters, digits, hyphens and underscores',
      "network.subnetIds: got 2 subnet(s), need 3 or more, each in a zone of its own",
      'users: got the secret "shop/administrator" twice, need one for each user',
      'users: got the name "guest", need lower-case letters, digits and hyphens, and another name than guest, which Amazon MQ deletes',
      'users.api.read: got "(", need a regular expression',
      "administrator.readerArns: got none, need at least one role; nobody else could",
      "administrator.deployerArns: got none, need at least one role; nobody else could",
      'maintenance.dayOfWeek: got "Sunday", need one of MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY',
      'maintenance.timeOfDay: got "10", need a time such as 10:00',
      "consumerTimeoutMinutes: got 0, need 1 to 35791",
      "rotationNetwork.subnetIds: got none, need a private subnet for the function",
    ]);
  });
});
