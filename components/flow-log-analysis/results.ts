import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ChildOptions } from "../shared/child-options";
import type { ResolvedFlowLogAnalysisArgs } from "./args";
import { resultBucketPolicy, resultKeyPolicy } from "./policies";

const keyDeletionWindowDays = 30;
/** Time to undo a deletion that was none of lifecycle's. */
const noncurrentDays = 7;
const abortUploadDays = 7;

interface ResultsArgs {
  /** Start of the children's names. */
  readonly name: string;
  readonly spec: ResolvedFlowLogAnalysisArgs;
  /** Whose log the key encrypts too. */
  readonly functionName: string;
}

export interface Results {
  readonly bucket: aws.s3.Bucket;
  readonly key: aws.kms.Key;
  /** To be in place before the first result. */
  readonly settings: pulumi.Resource[];
}

/** Where results of queries lie for a while: private, encrypted, reached by TLS alone. */
export function createResults(
  { name, spec, functionName }: ResultsArgs,
  owned: ChildOptions,
): Results {
  const { region, tags, protect } = spec;
  const key = new aws.kms.Key(
    `${name}-results`,
    {
      region,
      description: `Results of queries on the flow logs of ${name}`,
      enableKeyRotation: true,
      deletionWindowInDays: keyDeletionWindowDays,
      policy: JSON.stringify(resultKeyPolicy(spec, functionName)),
      tags,
    },
    owned,
  );
  const bucket = new aws.s3.Bucket(
    `${name}-results`,
    { region, forceDestroy: !protect, tags },
    { ...owned, protect },
  );
  const ofBucket = { region, bucket: bucket.bucket };
  const encryption = new aws.s3.BucketServerSideEncryptionConfiguration(
    `${name}-results-encryption`,
    {
      ...ofBucket,
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
          bucketKeyEnabled: true,
        },
      ],
    },
    owned,
  );
  const ownership = new aws.s3.BucketOwnershipControls(
    `${name}-results-ownership`,
    { ...ofBucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    owned,
  );
  const made = { role: `${name}-results`, spec, bucket };
  expireResults(made, owned);
  return { bucket, key, settings: [encryption, ownership, ...closeBucket(made, owned)] };
}

interface Made {
  readonly role: string;
  readonly spec: ResolvedFlowLogAnalysisArgs;
  readonly bucket: aws.s3.Bucket;
}

function closeBucket({ role, spec, bucket }: Made, owned: ChildOptions): pulumi.Resource[] {
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
  const policy = new aws.s3.BucketPolicy(
    `${role}-policy`,
    { ...ofBucket, policy: pulumi.jsonStringify(resultBucketPolicy(bucket.arn)) },
    // S3 refuses two changes of a bucket's access at the same time.
    { parent: owned.parent, dependsOn: [publicAccess] },
  );
  return [publicAccess, policy];
}

function expireResults({ role, spec, bucket }: Made, owned: ChildOptions): void {
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
          expiration: { days: spec.resultRetentionDays },
          noncurrentVersionExpiration: { noncurrentDays },
          abortIncompleteMultipartUpload: { daysAfterInitiation: abortUploadDays },
        },
      ],
    },
    // Rules for old versions need versions first.
    { parent: owned.parent, dependsOn: [versioning] },
  );
}
