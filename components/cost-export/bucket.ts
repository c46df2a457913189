import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ChildOptions } from "../shared/child-options";
import { accountAdministersKey } from "../shared/key-statements";
import { createLogBucket, type LogBucket } from "../shared/log-bucket";
import type { CostExportSpec } from "./args";

export interface ExportBucket extends LogBucket {
  readonly key: aws.kms.Key;
}

/** Where the export is written and read: encrypted, reached by TLS alone, written by Data Exports for this account alone. */
export function createBucket(
  name: string,
  spec: CostExportSpec,
  owned: ChildOptions,
): ExportBucket {
  const { region, accountId, tags, protect, retentionDays } = spec;
  const key = new aws.kms.Key(
    `${name}-cost-export`,
    {
      region,
      description: `Cost and usage of account ${accountId}`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          accountAdministersKey(accountId),
          {
            Sid: "DataExportsEncrypt",
            Effect: "Allow",
            Principal: { Service: writer },
            Action: ["kms:GenerateDataKey", "kms:Decrypt"],
            Resource: "*",
            Condition: exportsOf(accountId),
          },
        ],
      }),
      tags,
    },
    owned,
  );
  const bucket = createLogBucket(
    {
      ...{ role: `${name}-cost-export`, region, tags, protect, retentionDays, keyArn: key.arn },
      statements: (bucketArn) => [
        {
          Sid: "DataExportsWrite",
          Effect: "Allow",
          Principal: { Service: writer },
          Action: ["s3:PutObject", "s3:GetBucketPolicy"],
          Resource: [bucketArn, pulumi.interpolate`${bucketArn}/*`],
          Condition: exportsOf(accountId),
        },
      ],
    },
    owned,
  );
  return { ...bucket, key };
}

/** @see https://docs.aws.amazon.com/cur/latest/userguide/dataexports-s3-bucket.html */
const writer = "bcm-data-exports.amazonaws.com";

function exportsOf(accountId: string) {
  return {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: { "aws:SourceArn": `arn:aws:bcm-data-exports:us-east-1:${accountId}:export/*` },
  };
}
