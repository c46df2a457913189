import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

type Statement = aws.iam.PolicyStatement;

/** What a policy has to know of a bucket. */
export interface ReplicationSide {
  readonly region: string;
  readonly bucketArn: pulumi.Input<string>;
  readonly keyArn: pulumi.Input<string>;
}

/** For buckets of this account alone: the service would otherwise act for anybody's. */
function trust(service: string, accountId: string): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": accountId } },
      },
    ],
  };
}

export function replicationTrustPolicy(accountId: string): aws.iam.PolicyDocument {
  return trust("s3.amazonaws.com", accountId);
}

export function batchTrustPolicy(accountId: string): aws.iam.PolicyDocument {
  return trust("batchoperations.s3.amazonaws.com", accountId);
}

/** Reads versions here, writes copies there. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html */
export function replicationStatements(from: ReplicationSide, to: ReplicationSide): Statement[] {
  const through = (region: string) => ({
    StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` },
  });
  return [
    {
      Sid: "ReadConfiguration",
      Effect: "Allow",
      Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
      Resource: from.bucketArn,
    },
    {
      Sid: "ReadVersions",
      Effect: "Allow",
      Action: [
        "s3:GetObjectLegalHold",
        "s3:GetObjectRetention",
        "s3:GetObjectVersionAcl",
        "s3:GetObjectVersionForReplication",
        "s3:GetObjectVersionTagging",
      ],
      Resource: pulumi.interpolate`${from.bucketArn}/*`,
    },
    {
      Sid: "WriteCopies",
      Effect: "Allow",
      Action: ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
      Resource: pulumi.interpolate`${to.bucketArn}/*`,
    },
    {
      Sid: "Decrypt",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: from.keyArn,
      Condition: through(from.region),
    },
    {
      Sid: "Encrypt",
      Effect: "Allow",
      Action: ["kms:Encrypt", "kms:GenerateDataKey"],
      Resource: to.keyArn,
      Condition: through(to.region),
    },
  ];
}

/** Starts the replication of what it finds, and reports. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-batch-replication-policies.html */
export function batchStatements(
  { bucketArn }: ReplicationSide,
  reportBucketArn: pulumi.Input<string>,
): Statement[] {
  return [
    {
      Sid: "FindObjects",
      Effect: "Allow",
      Action: ["s3:GetReplicationConfiguration", "s3:PutInventoryConfiguration"],
      Resource: bucketArn,
    },
    {
      Sid: "StartReplication",
      Effect: "Allow",
      Action: "s3:InitiateReplication",
      Resource: pulumi.interpolate`${bucketArn}/*`,
    },
    {
      Sid: "Report",
      Effect: "Allow",
      Action: "s3:PutObject",
      Resource: pulumi.interpolate`${reportBucketArn}/batch/*`,
    },
  ];
}
