import type * as aws from "@pulumi/aws";
import type { DrReplicationSpec } from "./args";
import { bucketsOf, databasesOf, keyStatements, restoredPrefix, type VaultArns } from "./policies";

type Statement = aws.iam.PolicyStatement;

/**
 * What a restore test makes, as far as AWS's own policies for restores of clusters (v35, February 2026) and of buckets (v2,
 * February 2023) let it; who deletes it afterwards is AWS Backup's own role, AWSServiceRoleForBackupRestoreTesting.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForRestores.html
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForS3Restore.html
 */
export function restoreStatements(spec: DrReplicationSpec, vaults: VaultArns): Statement[] {
  return [
    ...(databasesOf(spec).length > 0
      ? [restoreDatabases(spec), restoreWithKeys(spec, vaults)]
      : []),
    ...(bucketsOf(spec).length > 0 ? restoreBuckets : []),
    ...keyStatements(spec, vaults),
  ];
}

/**
 * A restore is refused unless cluster, snapshot and option group are all allowed: also where, as in Aurora PostgreSQL,
 * the group is the empty default one.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html
 */
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
      `${rds}:og:*`,
      `${rds}:subgrp:*`,
    ],
  };
}

/** What the policy adds to the use of keys for backups, through the database service alone. */
function restoreWithKeys(spec: DrReplicationSpec, { vaultKeyArns }: VaultArns): Statement {
  return {
    Sid: "RestoreWithKeys",
    Effect: "Allow",
    Action: [
      "kms:Encrypt",
      "kms:GenerateDataKeyWithoutPlaintext",
      "kms:ReEncryptFrom",
      "kms:ReEncryptTo",
    ],
    Resource: [...databasesOf(spec).map(([, { keyArn }]) => keyArn), ...vaultKeyArns],
    Condition: { StringEquals: { "kms:ViaService": `rds.${spec.region}.amazonaws.com` } },
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
      "s3:DeleteObject",
      "s3:GetObject",
      "s3:GetObjectAcl",
      "s3:GetObjectTagging",
      "s3:GetObjectVersion",
      "s3:GetObjectVersionAcl",
      "s3:ListMultipartUploadParts",
      "s3:PutObject",
      "s3:PutObjectAcl",
      "s3:PutObjectTagging",
      "s3:PutObjectVersionAcl",
    ],
    Resource: `${restoredBucket}/*`,
  },
];
