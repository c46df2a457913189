import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DrReplicationSpec, KeptStore } from "./args";
import { bucketsOf, databasesOf, restoredPrefix } from "./policies";

type Statement = aws.iam.PolicyStatement;
type Database = Extract<KeptStore, { kind: "database" }>;

/** Of the function: reads the sources, changes only what tests restored, and reports. */
export function validationStatements(
  spec: DrReplicationSpec,
  vaultKeyArn: pulumi.Input<string>,
): Statement[] {
  return [
    {
      Sid: "Report",
      Effect: "Allow",
      Action: ["backup:DescribeRestoreJob", "backup:PutRestoreValidationResult"],
      Resource: "*",
    },
    ...databasesOf(spec).flatMap(([, database]) => databaseStatements(spec, database)),
    ...(bucketsOf(spec).length > 0 ? bucketStatements(spec, vaultKeyArn) : []),
  ];
}

function databaseStatements(
  { region, accountId }: DrReplicationSpec,
  { masterSecretArn, keyArn }: Database,
): Statement[] {
  const rds = `arn:aws:rds:${region}:${accountId}`;
  return [
    {
      Sid: "OpenRestoredDatabases",
      Effect: "Allow",
      Action: [
        "rds:CreateDBInstance",
        "rds:DeleteDBInstance",
        "rds:DescribeDBClusters",
        "rds:DescribeDBInstances",
        "rds:ModifyDBCluster",
      ],
      Resource: [
        `${rds}:cluster:${restoredPrefix}*`,
        `${rds}:db:restore-check-*`,
        `${rds}:pg:default.*`,
        // Of the cluster; an instance is refused unless these are allowed too.
        `${rds}:og:default:*`,
        `${rds}:subgrp:*`,
      ],
    },
    {
      Sid: "ReadAdministrator",
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: masterSecretArn,
    },
    {
      Sid: "DatabaseKey",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: keyArn,
      Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } },
    },
  ];
}

function bucketStatements(spec: DrReplicationSpec, vaultKeyArn: pulumi.Input<string>): Statement[] {
  const sources = bucketsOf(spec).map(([, { arn }]) => arn);
  const restored = `arn:aws:s3:::${restoredPrefix}*`;
  return [
    {
      Sid: "ListBuckets",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: [...sources, restored],
    },
    {
      Sid: "ReadObjects",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: [...sources.map((arn) => pulumi.interpolate`${arn}/*`), `${restored}/*`],
    },
    {
      Sid: "BucketKeys",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: [...bucketsOf(spec).map(([, { keyArn }]) => keyArn), vaultKeyArn],
      Condition: { StringEquals: { "kms:ViaService": `s3.${spec.region}.amazonaws.com` } },
    },
  ];
}
