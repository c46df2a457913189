import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { functionLogKeyStatement } from "../shared/function-policies";

export interface Place {
  readonly region: string;
  readonly accountId: string;
}

type Statement = aws.iam.PolicyStatement;

const deliveryService = { Service: "delivery.logs.amazonaws.com" };

/** Deliveries of this account and region only: the service delivers for everybody. */
function ownDeliveries({ accountId, region }: Place) {
  return {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: { "aws:SourceArn": `arn:aws:logs:${region}:${accountId}:*` },
  };
}

/**
 * For the firewall's log files, and the log group of the function of that name.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/logging-s3.html
 */
export function logKeyPolicy(place: Place, functionName: string): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        // Without it nobody could ever change the key again; IAM decides who of the account may use it.
        Sid: "AccountAdministers",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${place.accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
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
      },
      functionLogKeyStatement({ ...place, functionName }),
    ],
  };
}

/** @see https://docs.aws.amazon.com/waf/latest/developerguide/logging-s3.html */
export function firewallLogPolicy(
  bucketArn: pulumi.Input<string>,
  place: Place,
): aws.iam.PolicyDocument {
  const own = ownDeliveries(place);
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "LogDeliveryWrites",
        Effect: "Allow",
        Principal: deliveryService,
        Action: "s3:PutObject",
        Resource: pulumi.interpolate`${bucketArn}/AWSLogs/${place.accountId}/*`,
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
      ...encryptedOnly(bucketArn),
    ],
  };
}

/**
 * Load balancers write below the number of the account they belong to, which so may be no other than this.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export function balancerLogPolicy(
  bucketArn: pulumi.Input<string>,
  { accountId }: Place,
  prefixes: readonly string[],
): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "LoadBalancersWrite",
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: prefixes.map(
          (prefix) => pulumi.interpolate`${bucketArn}/${prefix}/AWSLogs/${accountId}/*`,
        ),
      },
      ...encryptedOnly(bucketArn),
    ],
  };
}

function encryptedOnly(bucketArn: pulumi.Input<string>): Statement[] {
  const everything = {
    Effect: "Deny" as const,
    Principal: "*" as const,
    Action: "s3:*",
    Resource: [bucketArn, pulumi.interpolate`${bucketArn}/*`],
  };
  return [
    {
      Sid: "NobodyWithoutTls",
      ...everything,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "NobodyWithOldTls",
      ...everything,
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
  ];
}
