import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ResolvedEdgeProtectionArgs } from "./args";

interface LogBucketArgs {
  /** Start of the children's names. */
  readonly role: string;
  readonly spec: ResolvedEdgeProtectionArgs;
  /** Default: a name made from the role. */
  readonly bucketPrefix?: string;
  /** Default: Amazon S3's own key, the only one that load balancers can write with. */
  readonly keyArn?: pulumi.Input<string>;
  readonly policy: (bucketArn: pulumi.Output<string>) => aws.iam.PolicyDocument;
}

export interface LogBucket {
  readonly bucket: aws.s3.Bucket;
  /** To be in place before the first write. */
  readonly settings: pulumi.Resource[];
}

/** Time to undo a deletion that was none of lifecycle's. */
const noncurrentDays = 7;
const abortUploadDays = 7;

/** Private, encrypted, reached by TLS alone, and emptied in time. */
export function createLogBucket(
  args: LogBucketArgs,
  owned: pulumi.CustomResourceOptions,
): LogBucket {
  const { role, spec, bucketPrefix, keyArn } = args;
  const { region, tags, protect } = spec;
  const bucket = new aws.s3.Bucket(
    role,
    { region, forceDestroy: !protect, tags, ...(bucketPrefix !== undefined && { bucketPrefix }) },
    { ...owned, protect },
  );
  const ofBucket = { region, bucket: bucket.bucket };
  const encryption = new aws.s3.BucketServerSideEncryptionConfiguration(
    `${role}-encryption`,
    {
      ...ofBucket,
      rules: [
        keyArn === undefined
          ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
          : {
              applyServerSideEncryptionByDefault: {
                sseAlgorithm: "aws:kms",
                kmsMasterKeyId: keyArn,
              },
              bucketKeyEnabled: true,
            },
      ],
    },
    owned,
  );
  const ownership = new aws.s3.BucketOwnershipControls(
    `${role}-ownership`,
    { ...ofBucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    owned,
  );
  expireLogs(args, bucket, owned);
  return { bucket, settings: [encryption, ownership, ...closeBucket(args, bucket, owned)] };
}

function closeBucket(
  { role, spec, policy }: LogBucketArgs,
  bucket: aws.s3.Bucket,
  owned: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const ofBucket = { region: spec.region, bucket: bucket.bucket };
  const publicAccess = new aws.s3.BucketPublicAccessBlock(
    `${role}-public-access`,
    {
      ...ofBucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    owned,
  );
  const attached = new aws.s3.BucketPolicy(
    `${role}-policy`,
    { ...ofBucket, policy: pulumi.jsonStringify(policy(bucket.arn)) },
    // S3 refuses two changes of a bucket's access at the same time.
    { ...owned, dependsOn: [publicAccess] },
  );
  return [publicAccess, attached];
}

function expireLogs(
  { role, spec }: LogBucketArgs,
  bucket: aws.s3.Bucket,
  owned: pulumi.CustomResourceOptions,
): void {
  const ofBucket = { region: spec.region, bucket: bucket.bucket };
  const versioning = new aws.s3.BucketVersioning(
    `${role}-versioning`,
    { ...ofBucket, versioningConfiguration: { status: "Enabled" } },
    owned,
  );
  new aws.s3.BucketLifecycleConfiguration(
    `${role}-lifecycle`,
    {
      ...ofBucket,
      rules: [
        {
          id: "expire",
          status: "Enabled",
          filter: { prefix: "" },
          expiration: { days: spec.logRetentionDays },
          noncurrentVersionExpiration: { noncurrentDays },
          abortIncompleteMultipartUpload: { daysAfterInitiation: abortUploadDays },
        },
      ],
    },
    // Rules for old versions need versions first.
    { ...owned, dependsOn: [versioning] },
  );
}
