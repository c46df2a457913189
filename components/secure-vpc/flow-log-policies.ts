import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type ResolvedSecureVpcArgs } from "./args";

type Place = Pick<ResolvedSecureVpcArgs, "accountId" | "region">;

const deliveryService = { Service: "delivery.logs.amazonaws.com" };

/** Deliveries of this account and region only: the service delivers for everybody. */
function ownDeliveries({ accountId, region }: Place) {
  return {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: { "aws:SourceArn": `arn:aws:logs:${region}:${accountId}:*` },
  };
}

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-cmk-policy.html */
export function flowLogKeyPolicy(place: Place): string {
  const document: aws.iam.PolicyDocument = {
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
    ],
  };
  return JSON.stringify(document);
}

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html */
export function flowLogBucketPolicy(
  bucketArn: pulumi.Input<string>,
  place: Place,
): pulumi.Output<string> {
  const objects = pulumi.interpolate`${bucketArn}/*`;
  const conditions = ownDeliveries(place);
  const document: aws.iam.PolicyDocument = {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "LogDeliveryWrites",
        Effect: "Allow",
        Principal: deliveryService,
        Action: "s3:PutObject",
        Resource: pulumi.interpolate`${bucketArn}/AWSLogs/aws-account-id=${place.accountId}/*`,
        Condition: {
          ...conditions,
          StringEquals: {
            ...conditions.StringEquals,
            "s3:x-amz-acl": "bucket-owner-full-control",
          },
        },
      },
      {
        Sid: "LogDeliveryChecks",
        Effect: "Allow",
        Principal: deliveryService,
        Action: ["s3:GetBucketAcl", "s3:ListBucket"],
        Resource: bucketArn,
        Condition: conditions,
      },
      {
        Sid: "NobodyWithoutTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucketArn, objects],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        Sid: "NobodyWithOldTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucketArn, objects],
        Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
      },
    ],
  };
  return pulumi.jsonStringify(document);
}
