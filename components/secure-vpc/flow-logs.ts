import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { flowLogBucketPolicy, flowLogKeyPolicy } from "./flow-log-policies";
import { type Network } from "./network";
import { flowLogRole, namedTags, type Scope } from "./scope";

interface FlowLogStore {
  readonly bucketName: pulumi.Output<string>;
  readonly bucketArn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
}

/**
 * The default fields, and what they leave open: which subnet and zone, the addresses behind a NAT gateway or load
 * balancer (pkt-*), direction, and the AWS service at the other end.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
const flowLogFields: readonly string[] = [
  "version",
  "account-id",
  "interface-id",
  "srcaddr",
  "dstaddr",
  "srcport",
  "dstport",
  "protocol",
  "packets",
  "bytes",
  "start",
  "end",
  "action",
  "log-status",
  "vpc-id",
  "subnet-id",
  "instance-id",
  "tcp-flags",
  "type",
  "pkt-srcaddr",
  "pkt-dstaddr",
  "region",
  "az-id",
  "pkt-src-aws-service",
  "pkt-dst-aws-service",
  "flow-direction",
  "traffic-path",
];

/** Nodes report every minute in any case; so the rest does not lag behind them. */
const aggregationSeconds = 60;
/** Time to undo a deletion that was none of lifecycle's. */
const noncurrentDays = 7;
const abortUploadDays = 7;
const keyDeletionWindowDays = 30;

/** All traffic of the VPC, accepted or not, as Parquet by hour in an encrypted bucket of its own. */
export function createFlowLogs(scope: Scope, network: Network): FlowLogStore {
  const { name, spec, parent } = scope;
  const role = `${name}-${flowLogRole}`;
  const store = createStore(scope, role);
  new aws.ec2.FlowLog(
    role,
    {
      region: spec.region,
      vpcId: network.vpc.vpcId,
      trafficType: "ALL",
      logDestinationType: "s3",
      logDestination: store.bucket.arn,
      logFormat: flowLogFields.map((field) => `\${${field}}`).join(" "),
      maxAggregationInterval: aggregationSeconds,
      destinationOptions: {
        fileFormat: "parquet",
        hiveCompatiblePartitions: true,
        perHourPartition: true,
      },
      tags: namedTags(scope, role),
    },
    // Without a policy in place AWS writes one of its own; the first file is to be encrypted already.
    { parent, dependsOn: store.settings },
  );
  return {
    bucketName: store.bucket.bucket,
    bucketArn: store.bucket.arn,
    keyArn: store.keyArn,
  };
}

interface Store {
  readonly bucket: aws.s3.Bucket;
  readonly keyArn: pulumi.Output<string>;
  /** To be in place before the first write. */
  readonly settings: pulumi.Resource[];
}

function createStore(scope: Scope, role: string): Store {
  const { spec, parent } = scope;
  const { region } = spec;
  const key = new aws.kms.Key(
    role,
    {
      region,
      description: `Flow logs of ${scope.name}`,
      enableKeyRotation: true,
      deletionWindowInDays: keyDeletionWindowDays,
      policy: flowLogKeyPolicy(spec),
      tags: namedTags(scope, role),
    },
    { parent, protect: spec.protect },
  );
  const bucket = new aws.s3.Bucket(
    role,
    { region, forceDestroy: !spec.protect, tags: namedTags(scope, role) },
    { parent, protect: spec.protect },
  );
  const ofBucket = { region, bucket: bucket.bucket };
  const encryption = new aws.s3.BucketServerSideEncryptionConfiguration(
    `${role}-encryption`,
    {
      ...ofBucket,
      rules: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: "aws:kms",
            kmsMasterKeyId: key.arn,
          },
          bucketKeyEnabled: true,
        },
      ],
    },
    { parent },
  );
  const ownership = new aws.s3.BucketOwnershipControls(
    `${role}-ownership`,
    { ...ofBucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    { parent },
  );
  return {
    bucket,
    keyArn: key.arn,
    settings: [encryption, ownership, ...closeStore(scope, role, bucket)],
  };
}

/** No public access, TLS only, versions, and an end to everything stored. */
function closeStore(scope: Scope, role: string, bucket: aws.s3.Bucket): pulumi.Resource[] {
  const { spec, parent } = scope;
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
    { parent },
  );
  const policy = new aws.s3.BucketPolicy(
    `${role}-policy`,
    { ...ofBucket, policy: flowLogBucketPolicy(bucket.arn, spec) },
    // S3 refuses two changes of a bucket's access at the same time.
    { parent, dependsOn: publicAccess },
  );
  const versioning = new aws.s3.BucketVersioning(
    `${role}-versioning`,
    { ...ofBucket, versioningConfiguration: { status: "Enabled" } },
    { parent },
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
          expiration: { days: spec.flowLogRetentionDays },
          noncurrentVersionExpiration: { noncurrentDays },
          abortIncompleteMultipartUpload: { daysAfterInitiation: abortUploadDays },
        },
      ],
    },
    // Rules for old versions need versions first.
    { parent, dependsOn: versioning },
  );
  return [publicAccess, policy, versioning];
}
