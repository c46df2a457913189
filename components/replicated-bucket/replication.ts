import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ChildOptions } from "../shared/child-options";
import type { BucketReplica, ReplicatedBucketSpec } from "./args";
import {
  batchStatements,
  batchTrustPolicy,
  type ReplicationSide,
  replicationStatements,
  replicationTrustPolicy,
} from "./replication-policies";

/** One rule for the whole bucket; its metrics and the batch job name it. */
const ruleId = "everything";
/** What replication time control promises for 99.99 % of the objects. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html */
const promisedMinutes = 15;

/** One of the two buckets. */
export interface Side extends ReplicationSide {
  readonly bucketArn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  readonly bucket: aws.s3.Bucket;
  /** Versions have to be kept before anything can follow. */
  readonly settings: readonly pulumi.Resource[];
}

interface Ends {
  readonly spec: ReplicatedBucketSpec;
  readonly replica: BucketReplica;
  readonly from: Side;
  readonly to: Side;
  /** Where the objects come from. */
  readonly alarmTopicArn: pulumi.Input<string> | undefined;
  /** Where they go. */
  readonly lateTopicArn: pulumi.Input<string> | undefined;
}

/** From one bucket to the other: objects, their deletions and what is changed about them, each within 15 minutes. */
export function createReplication(name: string, ends: Ends, owned: ChildOptions): void {
  const { spec, replica, from, to } = ends;
  const { role, policy } = createRole(
    name,
    {
      ...{ spec, replica },
      description: `Lets S3 copy from ${from.region} to ${to.region} for ${name}`,
      trust: replicationTrustPolicy(spec.accountId),
      statements: replicationStatements(from, to),
    },
    owned,
  );
  new aws.s3.BucketReplicationConfig(
    name,
    {
      region: from.region,
      bucket: from.bucket.bucket,
      role: role.arn,
      rules: [
        {
          id: ruleId,
          status: "Enabled",
          priority: 1,
          filter: { prefix: "" },
          deleteMarkerReplication: { status: "Enabled" },
          sourceSelectionCriteria: {
            sseKmsEncryptedObjects: { status: "Enabled" },
            // What is changed about a copy goes back only where both are written.
            replicaModifications: {
              status: replica.direction === "two-way" ? "Enabled" : "Disabled",
            },
          },
          destination: {
            bucket: to.bucket.arn,
            encryptionConfiguration: { replicaKmsKeyId: to.keyArn },
            replicationTime: { status: "Enabled", time: { minutes: promisedMinutes } },
            metrics: { status: "Enabled", eventThreshold: { minutes: promisedMinutes } },
          },
        },
      ],
    },
    { ...owned, dependsOn: [policy, ...from.settings, ...to.settings] },
  );
  createAlarms(name, ends, owned);
}

/** What S3 tells by itself, of each object; of what it does not track, nobody knows whether it followed. */
const toldEvents = [
  "s3:Replication:OperationMissedThreshold",
  "s3:Replication:OperationFailedReplication",
  "s3:Replication:OperationNotTracked",
];

/** Told of each object that is late or failed; and by alarms, which also say when it is over. */
function createAlarms(name: string, ends: Ends, owned: ChildOptions): void {
  const { from, to, alarmTopicArn, lateTopicArn } = ends;
  if (alarmTopicArn !== undefined) {
    new aws.s3.BucketNotification(
      name,
      {
        region: from.region,
        bucket: from.bucket.bucket,
        topics: [{ id: "replication", topicArn: alarmTopicArn, events: toldEvents }],
        // AWS Backup hears of changes this way; a notification without it would take that from it.
        eventbridge: true,
      },
      owned,
    );
    createAlarm(`${name}-failed`, ends, {
      // Failures are counted where the objects come from, the delay where they go. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html
      region: from.region,
      metricName: "OperationsFailedReplication",
      threshold: 0,
      statistic: "Sum",
      topicArn: alarmTopicArn,
      description: `objects of ${from.region} could not follow to ${to.region}; a batch job repeats them`,
      owned,
    });
  }
  if (lateTopicArn !== undefined)
    createAlarm(`${name}-late`, ends, {
      region: to.region,
      metricName: "ReplicationLatency",
      threshold: promisedMinutes * 60,
      statistic: "Maximum",
      topicArn: lateTopicArn,
      description: `${to.region} is more than ${promisedMinutes} minutes behind ${from.region}`,
      owned,
    });
}

interface Alarm {
  readonly region: string;
  readonly metricName: string;
  readonly threshold: number;
  readonly statistic: string;
  readonly topicArn: pulumi.Input<string>;
  readonly description: string;
  readonly owned: ChildOptions;
}

function createAlarm(
  name: string,
  { spec, from, to }: Ends,
  { topicArn, description, owned, ...limit }: Alarm,
): void {
  new aws.cloudwatch.MetricAlarm(
    name,
    {
      ...limit,
      alarmDescription: `Bucket of ${name}: ${description} (docs/data-stores.md)`,
      namespace: "AWS/S3",
      dimensions: {
        SourceBucket: from.bucket.bucket,
        DestinationBucket: to.bucket.bucket,
        RuleId: ruleId,
      },
      period: 300,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      // Nothing was written: nothing is late.
      treatMissingData: "notBreaching",
      alarmActions: [topicArn],
      okActions: [topicArn],
      tags: spec.tags,
    },
    owned,
  );
}

interface BatchParts {
  readonly spec: ReplicatedBucketSpec;
  readonly replica: BucketReplica;
  readonly source: Side;
  readonly reportBucketArn: pulumi.Input<string>;
}

/** For the job that copies what was there before: it is run once, by a person, since the API knows no standing one. */
export function createBatchRole(
  name: string,
  { spec, replica, source, reportBucketArn }: BatchParts,
  owned: ChildOptions,
): aws.iam.Role {
  return createRole(
    name,
    {
      ...{ spec, replica },
      description: `Lets a batch job of S3 copy what was in the bucket of ${name} before`,
      trust: batchTrustPolicy(spec.accountId),
      statements: batchStatements(source, reportBucketArn),
    },
    owned,
  ).role;
}

interface RoleParts {
  readonly spec: ReplicatedBucketSpec;
  readonly replica: BucketReplica;
  readonly description: string;
  readonly trust: aws.iam.PolicyDocument;
  readonly statements: readonly aws.iam.PolicyStatement[];
}

function createRole(name: string, parts: RoleParts, owned: ChildOptions) {
  const { spec, replica, description, trust, statements } = parts;
  const { permissionsBoundaryArn } = replica;
  const role = new aws.iam.Role(
    name,
    {
      description,
      assumeRolePolicy: JSON.stringify(trust),
      ...(permissionsBoundaryArn !== undefined && { permissionsBoundary: permissionsBoundaryArn }),
      tags: spec.tags,
    },
    owned,
  );
  const policy = new aws.iam.RolePolicy(
    name,
    {
      role: role.name,
      policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements }),
    },
    owned,
  );
  return { role, policy };
}
