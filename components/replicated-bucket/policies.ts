import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { tlsOnly } from "../shared/bucket-statements";

type Statement = aws.iam.PolicyStatement;

/** Allows nothing by itself: whoever gets in is for IAM to say. */
export function bucketPolicy(
  bucketArn: pulumi.Input<string>,
  keyArn: pulumi.Input<string>,
): aws.iam.PolicyDocument {
  const uploads = {
    Effect: "Deny" as const,
    Principal: "*" as const,
    Action: "s3:PutObject",
    Resource: pulumi.interpolate`${bucketArn}/*`,
  };
  return {
    Version: "2012-10-17",
    Statement: [
      // An upload that says nothing gets the bucket's key.
      {
        Sid: "NoOtherEncryption",
        ...uploads,
        Condition: { StringNotEqualsIfExists: { "s3:x-amz-server-side-encryption": "aws:kms" } },
      },
      {
        Sid: "NoOtherKey",
        ...uploads,
        Condition: {
          StringNotEqualsIfExists: { "s3:x-amz-server-side-encryption-aws-kms-key-id": keyArn },
        },
      },
      ...tlsOnly(bucketArn),
    ],
  };
}

/** For the bucket that the access logs go to. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html */
export function accessLogsWrite(
  logBucketArn: pulumi.Input<string>,
  { accountId, bucketArn }: { accountId: string; bucketArn: pulumi.Input<string> },
): Statement {
  return {
    Sid: "AccessLogsWrite",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: pulumi.interpolate`${logBucketArn}/*`,
    Condition: {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnLike: { "aws:SourceArn": bucketArn },
    },
  };
}

/** By its ARN; or by an alias, where another program has made it and its ARN cannot be known. */
export type BucketKey =
  | { readonly keyArn: pulumi.Input<string> }
  | { readonly keyAlias: string; readonly accountId: string };

/** A bucket and its key. */
export type BucketReference = BucketKey & {
  readonly region: string;
  readonly bucketArn: pulumi.Input<string>;
};

/**
 * For the role of a service that keeps its data there: it reads, writes and deletes objects, and gets back what it deleted.
 * It can neither delete a version for good nor change the bucket.
 */
export function bucketClientStatements(bucket: BucketReference): Statement[] {
  const { bucketArn } = bucket;
  return [
    {
      Sid: "FindObjects",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      Resource: bucketArn,
    },
    {
      Sid: "UseObjects",
      Effect: "Allow",
      Action: [
        "s3:AbortMultipartUpload",
        "s3:DeleteObject",
        "s3:GetObject",
        "s3:GetObjectVersion",
        "s3:ListMultipartUploadParts",
        "s3:PutObject",
      ],
      Resource: pulumi.interpolate`${bucketArn}/*`,
    },
    {
      Sid: "EncryptObjects",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      ...keyScope(bucket),
    },
  ];
}

function keyScope(bucket: BucketReference): Pick<Statement, "Resource" | "Condition"> {
  const { region } = bucket;
  const through = { "kms:ViaService": `s3.${region}.amazonaws.com` };
  if ("keyArn" in bucket) return { Resource: bucket.keyArn, Condition: { StringEquals: through } };
  return {
    Resource: `arn:aws:kms:${region}:${bucket.accountId}:key/*`,
    Condition: {
      StringEquals: through,
      "ForAnyValue:StringEquals": { "kms:ResourceAliases": bucket.keyAlias },
    },
  };
}
