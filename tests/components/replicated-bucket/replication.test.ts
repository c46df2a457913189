import { expect } from "chai";
import { ReplicatedBucket, type ReplicatedBucketArgs } from "../../../components/replicated-bucket";
import { ArgsError } from "../../../components/shared/args-error";
import { startOfflineEngine, valueOf } from "../../support/engine";
import { args, inputsOf, register } from "./fixture";

const topic = (region: string) => `arn:aws:sns:${region}:123456789012:alarms`;
const oneWay: ReplicatedBucketArgs = {
  ...args,
  replica: {
    region: "us-east-2",
    direction: "one-way",
    alarmTopicArn: topic("us-west-2"),
    permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
  },
};
const twoWay: ReplicatedBucketArgs = {
  ...oneWay,
  replica: {
    ...oneWay.replica!,
    direction: "two-way",
    replicaAlarmTopicArn: topic("us-east-2"),
  },
};

/** Of the bucket itself, not of the ways to it. */
const ofReplica = /^models-replica($|-)/;

const added = async (given: ReplicatedBucketArgs, mode: "known" | "unknown" = "known") => {
  const before = new Set((await register(args, mode)).map(({ urn }) => urn));
  return (await register(given, mode))
    .filter(({ urn }) => !before.has(urn))
    .filter(({ name }) => !ofReplica.test(name))
    .map(({ type, name }) => [type.split(":").at(-1), name]);
};

const way = (name: string) => [
  ["Role", name],
  ["RolePolicy", name],
  ["BucketReplicationConfig", name],
];

describe("the replica of a ReplicatedBucket", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`is the same bucket elsewhere, with a way there (${mode} values)`, async () => {
      expect(await added(oneWay, mode)).to.have.deep.members([
        ...way("models-replication"),
        ["BucketNotification", "models-replication"],
        ["MetricAlarm", "models-replication-failed"],
        ["Role", "models-replicate-existing"],
        ["RolePolicy", "models-replicate-existing"],
      ]);
      const registrations = await register(oneWay, mode);
      const elsewhere = registrations.filter(({ name }) => ofReplica.test(name));
      expect(elsewhere).to.have.length(16);
      expect(
        elsewhere.filter(({ protect }) => protect).map(({ type }) => type.split(":").at(-1)),
      ).to.have.members(["Key", "Bucket", "Bucket"]);
      expect(new Set(elsewhere.map(({ inputs }) => inputs["region"]))).to.deep.equal(
        new Set(["us-east-2"]),
      );
    });

  it("goes both ways where both are written", async () => {
    expect(await added(twoWay)).to.have.deep.members([
      ...way("models-replication"),
      ...way("models-replication-back"),
      ["BucketNotification", "models-replication"],
      ["BucketNotification", "models-replication-back"],
      ...["replication-failed", "replication-late", "replication-back-failed"].map((role) => [
        "MetricAlarm",
        `models-${role}`,
      ]),
      ["MetricAlarm", "models-replication-back-late"],
      ["Role", "models-replicate-existing"],
      ["RolePolicy", "models-replicate-existing"],
    ]);
    const registrations = await register(twoWay);
    const back = inputsOf(registrations, ":BucketReplicationConfig", "-replication-back");
    expect(back).to.deep.include({ region: "us-east-2", bucket: "models-replica" });
    expect(back["rules"]).to.have.nested.property(
      "[0].sourceSelectionCriteria.replicaModifications.status",
      "Enabled",
    );
  });

  it("follows within 15 minutes, encrypted with its own key, deletions too", async () => {
    const registrations = await register(oneWay);
    const { rules } = inputsOf(registrations, ":BucketReplicationConfig", "-replication");
    expect(rules).to.deep.equal([
      {
        id: "everything",
        status: "Enabled",
        priority: 1,
        filter: { prefix: "" },
        deleteMarkerReplication: { status: "Enabled" },
        sourceSelectionCriteria: {
          sseKmsEncryptedObjects: { status: "Enabled" },
          replicaModifications: { status: "Disabled" },
        },
        destination: {
          bucket: "arn:aws:s3:::models-replica",
          encryptionConfiguration: {
            replicaKmsKeyId: "arn:aws:kms:us-east-2:123456789012:key/models-replica-id",
          },
          replicationTime: { status: "Enabled", time: { minutes: 15 } },
          metrics: { status: "Enabled", eventThreshold: { minutes: 15 } },
        },
      },
    ]);
  });

  it("lets S3 read here and write there, each with the key of its side", async () => {
    const registrations = await register(oneWay);
    const policy = JSON.parse(
      inputsOf(registrations, ":RolePolicy", "-replication")["policy"] as string,
    ) as { Statement: { Sid: string; Resource: string }[] };
    expect(policy.Statement.map(({ Sid, Resource }) => [Sid, Resource])).to.deep.equal([
      ["ReadConfiguration", "arn:aws:s3:::models"],
      ["ReadVersions", "arn:aws:s3:::models/*"],
      ["WriteCopies", "arn:aws:s3:::models-replica/*"],
      ["Decrypt", "arn:aws:kms:us-west-2:123456789012:key/models-id"],
      ["Encrypt", "arn:aws:kms:us-east-2:123456789012:key/models-replica-id"],
    ]);
    const role = inputsOf(registrations, ":Role", "-replication");
    expect(role["permissionsBoundary"]).to.equal("arn:aws:iam::123456789012:policy/boundary");
    expect(JSON.parse(role["assumeRolePolicy"] as string)).to.deep.nested.include({
      "Statement[0].Condition": { StringEquals: { "aws:SourceAccount": "123456789012" } },
    });
  });

  it("tells of each object that is late or failed, and leaves AWS Backup its events", async () => {
    const registrations = await register(twoWay);
    expect(inputsOf(registrations, ":BucketNotification", "-replication")).to.deep.include({
      eventbridge: true,
      topics: [
        {
          id: "replication",
          topicArn: topic("us-west-2"),
          events: [
            "s3:Replication:OperationMissedThreshold",
            "s3:Replication:OperationFailedReplication",
            "s3:Replication:OperationNotTracked",
          ],
        },
      ],
    });
    // Failures are counted at the source, the delay at the destination.
    expect(inputsOf(registrations, ":MetricAlarm", "-replication-failed")).to.include({
      region: "us-west-2",
      metricName: "OperationsFailedReplication",
    });
    expect(inputsOf(registrations, ":MetricAlarm", "-replication-late")).to.include({
      region: "us-east-2",
      metricName: "ReplicationLatency",
      threshold: 900,
    });
  });

  it("has a role for the batch job of what was there before", async () => {
    const engine = await startOfflineEngine({ mode: "known" });
    const { replica } = new ReplicatedBucket("models", oneWay);
    await engine.settle();
    expect(await valueOf(replica!.batchRoleArn)).to.equal(
      "arn:aws:iam::123456789012:role/models-replicate-existing",
    );
  });

  it("is refused in the bucket's own region, and in a direction that there is not", async () => {
    const engine = await startOfflineEngine({ mode: "known" });
    let problems: readonly string[] = [];
    try {
      new ReplicatedBucket("models", {
        ...args,
        replica: {
          ...oneWay.replica!,
          region: "us-west-2",
          direction: "both" as "two-way",
        },
      });
    } catch (error) {
      if (error instanceof ArgsError) problems = error.problems;
    }
    await engine.settle();
    expect(engine.registrations).to.deep.equal([]);
    expect(problems).to.deep.equal([
      'replica.region: got "us-west-2", which is the bucket\'s own, need another one',
      'replica.direction: got "both", need one-way or two-way',
    ]);
  });
});
