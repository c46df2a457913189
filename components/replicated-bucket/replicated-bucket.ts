import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type ChildOptions, childOptions } from "../shared/child-options";
import { createStoreKey } from "../shared/store-key";
import { createAccessLogs } from "./access-logs";
import {
  type ReplicatedBucketArgs,
  type ReplicatedBucketSpec,
  resolveReplicatedBucketArgs,
} from "./args";
import { lifecycleRules } from "./lifecycle";
import { bucketPolicy } from "./policies";
import { createBatchRole, createReplication, type Side } from "./replication";

/**
 * A bucket for data that services keep: versioned, encrypted with a key of its own, reached by TLS 1.2 alone, its access
 * logged, its objects moved and deleted by the class of their data. In one region, or followed by another bucket elsewhere.
 */
export class ReplicatedBucket extends pulumi.ComponentResource {
  /** Known once nobody gets in but by its policy. */
  readonly bucketName: pulumi.Output<string>;
  readonly bucketArn: pulumi.Output<string>;
  /** Whoever reads objects needs it too. */
  readonly keyArn: pulumi.Output<string>;
  readonly accessLogBucketName: pulumi.Output<string>;
  /** The one in the other region. Undefined without a replica. */
  readonly replica:
    | {
        readonly bucketName: pulumi.Output<string>;
        readonly bucketArn: pulumi.Output<string>;
        readonly keyArn: pulumi.Output<string>;
        /** For the batch job that copies what was there before: docs/data-stores.md. */
        readonly batchRoleArn: pulumi.Output<string>;
      }
    | undefined;

  constructor(name: string, args: ReplicatedBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveReplicatedBucketArgs(name, args);
    super("platform:data:ReplicatedBucket", name, spec, opts);
    const owned = childOptions(this, opts);

    const own = createSide(name, spec, owned);
    this.bucketName = pulumi
      .all([own.bucket.bucket, pulumi.all(own.closed.map(({ id }) => id))])
      .apply(([bucketName]) => bucketName);
    this.bucketArn = own.bucket.arn;
    this.keyArn = own.keyArn;
    this.accessLogBucketName = own.logs.bucket.bucket;
    this.replica =
      spec.replica === undefined ? undefined : createReplica(name, { spec, own }, owned);
    this.registerOutputs({
      bucketName: this.bucketName,
      bucketArn: this.bucketArn,
      keyArn: this.keyArn,
      accessLogBucketName: this.accessLogBucketName,
      replica: this.replica,
    });
  }
}

/** The buckets differ in where they are, and in whether others have to know their names. */
type SideSpec = ReplicatedBucketSpec & { readonly bucketName?: string | undefined };

/** A bucket with its key, its settings and the bucket of its access logs. */
interface OwnSide extends Side {
  readonly closed: readonly pulumi.CustomResource[];
  readonly logs: ReturnType<typeof createAccessLogs>;
}

function createSide(name: string, spec: SideSpec, owned: ChildOptions): OwnSide {
  const key = createKey(name, spec, owned);
  if (spec.bucketName !== undefined)
    new aws.kms.Alias(
      name,
      { region: spec.region, name: `alias/${spec.bucketName}`, targetKeyId: key.keyId },
      owned,
    );
  const { bucket, closed } = createBucket(name, { spec, key }, owned);
  const logs = createAccessLogs(name, { spec, bucket }, owned);
  return {
    ...{ region: spec.region, bucket, bucketArn: bucket.arn, keyArn: key.arn },
    ...{ closed, settings: closed, logs },
  };
}

/** The same bucket once more, elsewhere, and the ways between the two. */
function createReplica(
  name: string,
  { spec, own }: { readonly spec: ReplicatedBucketSpec; readonly own: OwnSide },
  owned: ChildOptions,
): ReplicatedBucket["replica"] {
  const { replica } = spec;
  if (replica === undefined) return undefined;
  const other = createSide(
    `${name}-replica`,
    {
      ...spec,
      ...{ region: replica.region, purpose: `${spec.purpose}, copied,` },
      bucketName: replica.name,
    },
    owned,
  );
  const { alarmTopicArn, replicaAlarmTopicArn } = replica;
  createReplication(
    `${name}-replication`,
    { spec, replica, from: own, to: other, alarmTopicArn, lateTopicArn: replicaAlarmTopicArn },
    owned,
  );
  if (replica.direction === "two-way")
    createReplication(
      `${name}-replication-back`,
      {
        ...{ spec, replica, from: other, to: own },
        ...{ alarmTopicArn: replicaAlarmTopicArn, lateTopicArn: alarmTopicArn },
      },
      owned,
    );
  const batch = createBatchRole(
    `${name}-replicate-existing`,
    { spec, replica, source: own, reportBucketArn: own.logs.bucket.arn },
    owned,
  );
  return {
    bucketName: other.bucket.bucket,
    bucketArn: other.bucketArn,
    keyArn: other.keyArn,
    batchRoleArn: batch.arn,
  };
}

function createKey(name: string, spec: ReplicatedBucketSpec, owned: ChildOptions): aws.kms.Key {
  const { region, accountId, purpose, protect, tags } = spec;
  return createStoreKey(
    name,
    {
      ...{ region, accountId, protect, tags },
      description: `${purpose} in the bucket of ${name}`,
      logGroupNames: [],
    },
    owned,
  );
}

interface Parts {
  readonly spec: SideSpec;
  readonly key: aws.kms.Key;
}

function createBucket(
  name: string,
  { spec, key }: Parts,
  owned: ChildOptions,
): { bucket: aws.s3.Bucket; closed: pulumi.CustomResource[] } {
  const { region, objectLock, protect, bucketName, tags } = spec;
  const bucket = new aws.s3.Bucket(
    name,
    {
      region,
      ...(bucketName !== undefined && { bucket: bucketName }),
      objectLockEnabled: objectLock !== undefined,
      forceDestroy: !protect,
      tags,
    },
    { ...owned, protect },
  );
  const ofBucket = { region, bucket: bucket.bucket };
  const encryption = new aws.s3.BucketServerSideEncryptionConfiguration(
    `${name}-encryption`,
    {
      ...ofBucket,
      rules: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: "aws:kms",
            kmsMasterKeyId: key.arn,
          },
          // One data key for many objects: else every request would be a request of KMS, and paid for.
          bucketKeyEnabled: true,
        },
      ],
    },
    owned,
  );
  const ownership = new aws.s3.BucketOwnershipControls(
    `${name}-ownership`,
    { ...ofBucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    owned,
  );
  const closed = closeBucket(name, { spec, bucket, key }, owned);
  const versioning = keepVersions(name, { spec, bucket }, owned);
  return { bucket, closed: [encryption, ownership, versioning, ...closed] };
}

interface BucketParts {
  readonly spec: ReplicatedBucketSpec;
  readonly bucket: aws.s3.Bucket;
}

function closeBucket(
  name: string,
  { spec: { region }, bucket, key }: BucketParts & Parts,
  owned: ChildOptions,
): pulumi.CustomResource[] {
  const ofBucket = { region, bucket: bucket.bucket };
  const publicAccess = new aws.s3.BucketPublicAccessBlock(
    `${name}-public-access`,
    {
      ...ofBucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    owned,
  );
  const policy = new aws.s3.BucketPolicy(
    `${name}-policy`,
    { ...ofBucket, policy: pulumi.jsonStringify(bucketPolicy(bucket.arn, key.arn)) },
    // S3 refuses two changes of a bucket's access at the same time.
    { ...owned, dependsOn: [publicAccess] },
  );
  return [publicAccess, policy];
}

function keepVersions(
  name: string,
  { spec: { region, folders, objectLock }, bucket }: BucketParts,
  owned: ChildOptions,
): pulumi.CustomResource {
  const ofBucket = { region, bucket: bucket.bucket };
  const versioning = new aws.s3.BucketVersioning(
    `${name}-versioning`,
    { ...ofBucket, versioningConfiguration: { status: "Enabled" } },
    owned,
  );
  const versioned = { ...owned, dependsOn: [versioning] };
  new aws.s3.BucketLifecycleConfiguration(
    `${name}-lifecycle`,
    { ...ofBucket, rules: lifecycleRules(folders) },
    versioned,
  );
  if (objectLock !== undefined)
    new aws.s3.BucketObjectLockConfiguration(
      `${name}-object-lock`,
      {
        ...ofBucket,
        rule: {
          defaultRetention: { mode: objectLock.mode.toUpperCase(), days: objectLock.days },
        },
      },
      versioned,
    );
  return versioning;
}
