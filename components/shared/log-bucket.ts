import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { tlsOnly } from "./bucket-statements";
import { dataClassTags } from "./data-class";

interface LogBucketArgs {
  /** Start of the children's names. */
  readonly role: string;
  readonly region: string;
  readonly tags: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Keeps the bucket, and what is in it, from being destroyed with the stack. */
  readonly protect: boolean;
  /** Age in days at which an object is deleted. */
  readonly retentionDays: number;
  /** Default: a name made from the role. */
  readonly bucketPrefix?: string;
  /** Default: Amazon S3's own key, the only one that load balancers can write with. */
  readonly keyArn?: pulumi.Input<string>;
  /** Who may do what beside the account; TLS is asked of everybody. Default: nobody. */
  readonly statements?: (bucketArn: pulumi.Output<string>) => aws.iam.PolicyStatement[];
}

export interface LogBucket {
  readonly bucket: aws.s3.Bucket;
  /** To be in place before the first write. */
  readonly settings: pulumi.Resource[];
}

/** Time to undo a deletion that was none of lifecycle's. */
const noncurrentDays = 7;
const abortUploadDays = 7;

/** Private, encrypted, reached by TLS alone, versioned, and emptied in time. */
export function createLogBucket(
  args: LogBucketArgs,
  owned: pulumi.CustomResourceOptions,
): LogBucket {
  const { role, region, tags, protect, bucketPrefix, keyArn } = args;
  const bucket = new aws.s3.Bucket(
    role,
    {
      region,
      forceDestroy: !protect,
      // Kept for a time and not backed up, whatever the class of what the logs are of.
      tags: pulumi.output(tags).apply((given) => ({ ...given, ...dataClassTags("none") })),
      ...(bucketPrefix !== undefined && { bucketPrefix }),
    },
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
  const versioning = expireLogs(args, bucket, owned);
  const closed = closeBucket(args, bucket, owned);
  return { bucket, settings: [encryption, ownership, ...closed, versioning] };
}

function closeBucket(
  { role, region, statements }: LogBucketArgs,
  bucket: aws.s3.Bucket,
  owned: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const ofBucket = { region, bucket: bucket.bucket };
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
    {
      ...ofBucket,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [...(statements?.(bucket.arn) ?? []), ...tlsOnly(bucket.arn)],
      }),
    },
    // S3 refuses two changes of a bucket's access at the same time.
    { ...owned, dependsOn: [publicAccess] },
  );
  return [publicAccess, attached];
}

function expireLogs(
  { role, region, retentionDays }: LogBucketArgs,
  bucket: aws.s3.Bucket,
  owned: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const ofBucket = { region, bucket: bucket.bucket };
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
          expiration: { days: retentionDays },
          noncurrentVersionExpiration: { noncurrentDays },
          abortIncompleteMultipartUpload: { daysAfterInitiation: abortUploadDays },
        },
      ],
    },
    // Rules for old versions need versions first.
    { ...owned, dependsOn: [versioning] },
  );
  return versioning;
}
