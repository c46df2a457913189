import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { createLogBucket } from "../shared/log-bucket";
import { createStoreKey } from "../shared/store-key";
import type { ChaosExperimentsSpec } from "./args";
import type { Scope } from "./scope";

/** Where it is written down what an experiment did, what became of it, and what was seen. */
export interface Results {
  readonly bucket: aws.s3.Bucket;
  readonly key: aws.kms.Key;
  readonly logGroup: aws.cloudwatch.LogGroup;
  /** To be in place before the first experiment. */
  readonly settings: pulumi.Resource[];
}

/** Below it the reports of AWS, by experiment; beside it the records of those that people start. */
export const reportPrefix = "reports";

function logGroupName(name: string): string {
  return `/aws/vendedlogs/fis/${name}`;
}

export function createResults({ name, spec, owned }: Scope): Results {
  const { region, accountId, tags, protect, retentionDays } = spec;
  const key = createStoreKey(
    `${name}-chaos`,
    {
      ...{ region, accountId, protect, tags },
      description: `Logs and reports of experiments of ${name}`,
      logGroupNames: [logGroupName(name)],
    },
    owned,
  );
  const logGroup = new aws.cloudwatch.LogGroup(
    `${name}-chaos`,
    {
      region,
      name: logGroupName(name),
      retentionInDays: retentionDays,
      kmsKeyId: key.arn,
      tags,
    },
    owned,
  );
  const mayWrite = new aws.cloudwatch.LogResourcePolicy(
    `${name}-chaos`,
    {
      region,
      policyName: `${name}-chaos`,
      policyDocument: JSON.stringify(logPolicy(name, spec)),
    },
    owned,
  );
  const results = createLogBucket(
    {
      ...{ role: `${name}-chaos-results`, region, tags, protect, retentionDays },
      keyArn: key.arn,
    },
    owned,
  );
  return { key, logGroup, bucket: results.bucket, settings: [mayWrite, ...results.settings] };
}

/** FIS delivers its logs, and EventBridge what became of experiments. */
function logPolicy(
  name: string,
  { region, accountId }: ChaosExperimentsSpec,
): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ExperimentsWriteLogs",
        Effect: "Allow",
        Principal: { Service: ["delivery.logs.amazonaws.com", "events.amazonaws.com"] },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `arn:aws:logs:${region}:${accountId}:log-group:${logGroupName(name)}:*`,
        Condition: { StringEquals: { "aws:SourceAccount": accountId } },
      },
    ],
  };
}
