import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { createLogBucket, type LogBucket } from "../shared/log-bucket";
import { logDeliveryWrites } from "../shared/log-delivery";
import { flowLogKeyPolicy } from "./flow-log-policies";
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

interface Store extends LogBucket {
  readonly keyArn: pulumi.Output<string>;
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
  const bucket = createLogBucket(
    {
      ...{ role, region, tags: namedTags(scope, role), protect: spec.protect, keyArn: key.arn },
      retentionDays: spec.flowLogRetentionDays,
      // By the name that the service gives to partitions.
      statements: (bucketArn) =>
        logDeliveryWrites(bucketArn, `aws-account-id=${spec.accountId}`, spec),
    },
    { parent },
  );
  return { ...bucket, keyArn: key.arn };
}
