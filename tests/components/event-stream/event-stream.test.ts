import { expect } from "chai";
import {
  EventStream,
  type EventStreamArgs,
  eventStreamClientStatements,
} from "../../../components/event-stream";
import { valueOf } from "../../support/engine";
import * as pulumi from "@pulumi/pulumi";
import {
  childrenOf,
  inputsOf,
  network,
  place,
  problemsOf,
  registrationsOf,
} from "../../support/store-fixture";

const args: EventStreamArgs = {
  ...place,
  clusterName: "shop-prod",
  network,
  instanceType: "kafka.m7g.large",
};

const register = (mode: "known" | "unknown" = "known") =>
  registrationsOf(() => new EventStream("stream", args), mode);

describe("EventStream", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers key, cluster, storage and alarms (${mode} values)`, async () => {
      const alarms = [
        "controller",
        "offline",
        ...["1", "2", "3"].flatMap((broker) =>
          ["copies", "disk", "cpu"].map((what) => `broker-${broker}-${what}`),
        ),
      ];
      expect(childrenOf(await register(mode))).to.have.deep.members([
        ["platform:data:EventStream", "stream", false],
        ["aws:kms/key:Key", "stream", true],
        ["aws:cloudwatch/logGroup:LogGroup", "stream", false],
        ["aws:msk/configuration:Configuration", "stream", false],
        ["aws:ec2/securityGroup:SecurityGroup", "stream-access", false],
        [
          "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
          "stream-access-nodes-9098",
          false,
        ],
        ["aws:msk/cluster:Cluster", "stream", true],
        ["aws:appautoscaling/target:Target", "stream-storage", false],
        ["aws:appautoscaling/policy:Policy", "stream-storage", false],
        ...alarms.map((what) => [
          "aws:cloudwatch/metricAlarm:MetricAlarm",
          `stream-${what}`,
          false,
        ]),
      ]);
    });

  it("takes IAM over TLS and nobody unnamed, over three zones, and keeps every record in all of them", async () => {
    const registrations = await register();
    expect(inputsOf(registrations, "Cluster", "stream")).to.deep.include({
      kafkaVersion: "3.9.x.kraft",
      numberOfBrokerNodes: 3,
      clientAuthentication: { sasl: { iam: true, scram: false }, unauthenticated: false },
      encryptionInfo: {
        encryptionAtRestKmsKeyArn: "arn:aws:kms:us-west-2:123456789012:key/stream-id",
        encryptionInTransit: { clientBroker: "TLS", inCluster: true },
      },
    });
    expect(
      (inputsOf(registrations, "Configuration", "stream")["serverProperties"] as string).split(
        "\n",
      ),
    ).to.deep.equal([
      "auto.create.topics.enable=false",
      "default.replication.factor=3",
      "min.insync.replicas=2",
      "num.partitions=3",
      "unclean.leader.election.enable=false",
      "log.retention.hours=168",
      "offsets.topic.replication.factor=3",
      "transaction.state.log.replication.factor=3",
      "transaction.state.log.min.isr=2",
    ]);
  });

  it("gives a service its own topics, groups and transactions, and no others", async () => {
    const statements = await valueOf(
      pulumi.output(
        eventStreamClientStatements(
          "arn:aws:kafka:us-west-2:123456789012:cluster/shop-prod/id-1",
          "api",
        ),
      ),
    );
    expect(statements?.map(({ Resource }) => Resource)).to.deep.equal([
      "arn:aws:kafka:us-west-2:123456789012:cluster/shop-prod/id-1",
      "arn:aws:kafka:us-west-2:123456789012:topic/shop-prod/id-1/api.*",
      "arn:aws:kafka:us-west-2:123456789012:group/shop-prod/id-1/api.*",
      "arn:aws:kafka:us-west-2:123456789012:transactional-id/shop-prod/id-1/api.*",
    ]);
  });

  it("refuses what does not fit together, every problem at once", async () => {
    expect(
      await problemsOf(
        () =>
          new EventStream("stream", {
            ...args,
            clusterName: "shop_prod",
            network: { ...network, subnetIds: ["subnet-a", "subnet-b"] },
            instanceType: "kafka.t3.small",
            brokersPerZone: 0,
            storageGiB: { first: 100, most: 50 },
            recordRetentionHours: 0,
          }),
      ),
    ).to.deep.equal([
      "network.subnetIds: got 2 subnet(s), need 3 or more, each in a zone of its own",
      'instanceType: got "kafka.t3.small", which runs no Kafka without ZooKeeper, need kafka.m5.large, kafka.m7g.large or a larger one',
      'clusterName: got "shop_prod", need at most 64 letters, digits and hyphens, beginning with a letter or digit',
      "brokersPerZone: got 0, need 1 to 10",
      "storageGiB.most: got 50, need 100 (first) to 16384",
      "recordRetentionHours: got 0, need 1 or more",
    ]);
  });
});
