import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

interface Place {
  readonly region: string;
  readonly accountId: string;
}

/** The service that delivers flow logs and the firewall's logs to buckets. */
const deliveryService = { Service: "delivery.logs.amazonaws.com" };

/** Deliveries of this account and region only: the service delivers for everybody. */
function ownDeliveries({ accountId, region }: Place) {
  return {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: { "aws:SourceArn": `arn:aws:logs:${region}:${accountId}:*` },
  };
}

/**
 * For the key of a bucket that logs are delivered to.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-cmk-policy.html
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/logging-s3.html
 */
export function logDeliveryEncrypts(place: Place): aws.iam.PolicyStatement {
  return {
    Sid: "LogDeliveryEncrypts",
    Effect: "Allow",
    Principal: deliveryService,
    Action: [
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Encrypt",
      "kms:GenerateDataKey*",
      "kms:ReEncrypt*",
    ],
    Resource: "*",
    Condition: ownDeliveries(place),
  };
}

/**
 * For the bucket: files are written below a folder of `AWSLogs/` alone.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/logging-s3.html
 */
export function logDeliveryWrites(
  bucketArn: pulumi.Input<string>,
  folder: string,
  place: Place,
): aws.iam.PolicyStatement[] {
  const own = ownDeliveries(place);
  return [
    {
      Sid: "LogDeliveryWrites",
      Effect: "Allow",
      Principal: deliveryService,
      Action: "s3:PutObject",
      Resource: pulumi.interpolate`${bucketArn}/AWSLogs/${folder}/*`,
      Condition: {
        ...own,
        StringEquals: { ...own.StringEquals, "s3:x-amz-acl": "bucket-owner-full-control" },
      },
    },
    {
      Sid: "LogDeliveryChecks",
      Effect: "Allow",
      Principal: deliveryService,
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: bucketArn,
      Condition: own,
    },
  ];
}
