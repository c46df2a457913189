import type * as aws from "@pulumi/aws";
import type { DrReplicationSpec } from "./args";
import { bucketsOf, databasesOf, keyStatements, restoredPrefix, type VaultArns } from "./policies";

type Statement = aws.iam.PolicyStatement;

/** What a restore test makes; who deletes it afterwards is AWS Backup's own role. */
export function restoreStatements(spec: DrReplicationSpec, vaults: VaultArns): Statement[] {
  return [
    ...(databasesOf(spec).length > 0 ? [restoreDatabases(spec)] : []),
    ...(bucketsOf(spec).length > 0 ? restoreBuckets : []),
    ...keyStatements(spec, vaults),
  ];
}

function restoreDatabases({ region, accountId }: DrReplicationSpec): Statement {
  const rds = `arn:aws:rds:${region}:${accountId}`;
  return {
    Sid: "RestoreDatabases",
    Effect: "Allow",
    Action: [
      "rds:AddTagsToResource",
      "rds:DescribeDBClusters",
      "rds:DescribeDBClusterSnapshots",
      "rds:ListTagsForResource",
      "rds:RestoreDBClusterFromSnapshot",
    ],
    Resource: [
      `${rds}:cluster:${restoredPrefix}*`,
      `${rds}:cluster-snapshot:awsbackup:*`,
      `${rds}:cluster-pg:*`,
      `${rds}:subgrp:*`,
    ],
  };
}

const restoredBucket = `arn:aws:s3:::${restoredPrefix}*`;
const restoreBuckets: readonly Statement[] = [
  {
    Sid: "RestoreBuckets",
    Effect: "Allow",
    Action: [
      "s3:CreateBucket",
      "s3:GetBucketLocation",
      "s3:GetBucketOwnershipControls",
      "s3:GetBucketVersioning",
      "s3:ListBucket",
      "s3:ListBucketVersions",
      "s3:PutBucketOwnershipControls",
      "s3:PutBucketVersioning",
    ],
    Resource: restoredBucket,
  },
  {
    Sid: "RestoreObjects",
    Effect: "Allow",
    Action: [
      "s3:AbortMultipartUpload",
      "s3:DeleteObject",
      "s3:GetObject",
      "s3:GetObjectVersion",
      "s3:ListMultipartUploadParts",
      "s3:PutObject",
      "s3:PutObjectAcl",
      "s3:PutObjectTagging",
      "s3:PutObjectVersionAcl",
    ],
    Resource: `${restoredBucket}/*`,
  },
];
