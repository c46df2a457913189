import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { networkStatements } from "../shared/function-policies";
import type { Canary, SyntheticMonitoringSpec } from "./args";

type Statement = aws.iam.PolicyStatement;

/** Whatever AWS calls the functions that it makes of canaries begins so. */
export const functionPrefix = "cwsyn-";
/** Namespace of the canaries' metrics. */
export const metricNamespace = "CloudWatchSynthetics";

/**
 * What a canary needs beside its log: a place for what it leaves, its own metrics, and with `signIn` its user's secret.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_CanaryPermissions.html
 */
export function canaryPolicy(
  key: string,
  canary: Canary,
  spec: SyntheticMonitoringSpec,
): aws.iam.PolicyDocument {
  const { region, accountId, bucket, signIn } = spec;
  const signs = canary.steps.some(({ signedIn }) => signedIn === true);
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "KeepResults",
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:PutObject"],
        Resource: pulumi.interpolate`${bucket.arn}/canaries/${key}/*`,
      },
      {
        Sid: "FindBucket",
        Effect: "Allow",
        Action: "s3:GetBucketLocation",
        Resource: bucket.arn,
      },
      // The runtime looks for the bucket by its name; buckets have no other list.
      { Sid: "ListBuckets", Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" },
      {
        Sid: "EncryptResults",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: bucket.keyArn,
        Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
      },
      {
        Sid: "Measure",
        Effect: "Allow",
        Action: "cloudwatch:PutMetricData",
        Resource: "*",
        Condition: { StringEquals: { "cloudwatch:namespace": metricNamespace } },
      },
      ...(canary.internal === true
        ? networkStatements({ region, accountId, functionName: `${functionPrefix}*` })
        : []),
      ...(signs && signIn !== undefined ? userStatements(region, signIn) : []),
    ],
  };
}

function userStatements(
  region: string,
  { secretArn, secretKeyArn }: NonNullable<SyntheticMonitoringSpec["signIn"]>,
): Statement[] {
  return [
    {
      Sid: "ReadUser",
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: secretArn,
    },
    {
      Sid: "DecryptUser",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: secretKeyArn,
      Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } },
    },
  ];
}

/** Its own log group alone, which is made for it: it cannot make one that keeps everything for ever, in the clear. */
export function logPolicy(logGroupArn: pulumi.Input<string>): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "WriteLog",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: pulumi.interpolate`${logGroupArn}:*`,
      },
    ],
  };
}
