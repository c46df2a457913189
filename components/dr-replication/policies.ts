import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DrReplicationSpec, KeptStore } from "./args";

type Statement = aws.iam.PolicyStatement;
type Database = Extract<KeptStore, { kind: "database" }>;
type Bucket = Extract<KeptStore, { kind: "bucket" }>;

export function databasesOf({ stores }: DrReplicationSpec): [string, Database][] {
  return Object.entries(stores).filter(
    (entry): entry is [string, Database] => entry[1].kind === "database",
  );
}

export function bucketsOf({ stores }: DrReplicationSpec): [string, Bucket][] {
  return Object.entries(stores).filter(
    (entry): entry is [string, Bucket] => entry[1].kind === "bucket",
  );
}

/** Names that AWS Backup gives to what it restores for a test. @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html */
export const restoredPrefix = "awsbackup-restore-test-";

/** AWS Backup takes the roles for this account's jobs alone: the service would otherwise act for anybody's. */
export function backupTrustPolicy(accountId: string): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "backup.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": accountId } },
      },
    ],
  };
}

export interface VaultArns {
  readonly vaultArns: readonly pulumi.Input<string>[];
  readonly vaultKeyArns: readonly pulumi.Input<string>[];
}

/**
 * What AWS's own policies for backups (v30, February 2026) and for those of S3 (v5, August 2026) allow for Aurora and S3, for
 * these stores and vaults alone.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForBackup.html
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForS3Backup.html
 */
export function backupStatements(spec: DrReplicationSpec, vaults: VaultArns): Statement[] {
  return [
    {
      Sid: "FindByTag",
      Effect: "Allow",
      Action: ["tag:GetResources", "cloudwatch:GetMetricData"],
      Resource: "*",
    },
    {
      Sid: "FillVaults",
      Effect: "Allow",
      Action: [
        "backup:CopyFromBackupVault",
        "backup:CopyIntoBackupVault",
        "backup:DescribeBackupVault",
      ],
      Resource: [
        ...vaults.vaultArns,
        ...(spec.otherAccountVaultArn === undefined ? [] : [spec.otherAccountVaultArn]),
      ],
    },
    {
      // Those of buckets, and copies of snapshots: the others are the database's own.
      Sid: "TagBackups",
      Effect: "Allow",
      Action: "backup:TagResource",
      Resource: regionsOf(spec).map(
        (region) => `arn:aws:backup:${region}:${spec.accountId}:recovery-point:*`,
      ),
    },
    ...(databasesOf(spec).length > 0 ? snapshotStatements(spec) : []),
    ...(bucketsOf(spec).length > 0 ? bucketReadStatements(spec) : []),
    ...keyStatements(spec, vaults),
  ];
}

function snapshotStatements(spec: DrReplicationSpec): Statement[] {
  const { accountId } = spec;
  const clusters = databasesOf(spec).map(([, { arn }]) => arn);
  // Those that AWS Backup makes, here and in the region of the copies.
  const snapshots = regionsOf(spec).map(
    (region) => `arn:aws:rds:${region}:${accountId}:cluster-snapshot:awsbackup:*`,
  );
  return [
    {
      Sid: "SnapshotDatabases",
      Effect: "Allow",
      Action: [
        "rds:AddTagsToResource",
        "rds:CopyDBClusterSnapshot",
        "rds:CreateDBClusterSnapshot",
        "rds:DeleteDBClusterSnapshot",
        "rds:DescribeDBClusters",
        "rds:DescribeDBClusterSnapshots",
        "rds:ListTagsForResource",
        "rds:ModifyDBClusterSnapshotAttribute",
      ],
      Resource: [...clusters, ...snapshots],
    },
  ];
}

function bucketReadStatements(spec: DrReplicationSpec): Statement[] {
  const { region, accountId } = spec;
  const arns = bucketsOf(spec).map(([, { arn }]) => arn);
  return [
    {
      Sid: "ReadBuckets",
      Effect: "Allow",
      Action: [
        "s3:GetBucketAcl",
        "s3:GetBucketLocation",
        "s3:GetBucketNotification",
        "s3:GetBucketTagging",
        "s3:GetBucketVersioning",
        "s3:GetInventoryConfiguration",
        "s3:ListBucket",
        "s3:ListBucketVersions",
        "s3:ListTagsForResource",
        // Changes and the listing, by which it knows what is new.
        "s3:PutBucketNotification",
        "s3:PutInventoryConfiguration",
      ],
      Resource: arns,
    },
    {
      Sid: "ReadObjects",
      Effect: "Allow",
      Action: [
        "s3:GetObject",
        "s3:GetObjectAcl",
        "s3:GetObjectTagging",
        "s3:GetObjectVersion",
        "s3:GetObjectVersionAcl",
        "s3:GetObjectVersionTagging",
      ],
      Resource: arns.map((arn) => pulumi.interpolate`${arn}/*`),
    },
    {
      Sid: "HearOfChanges",
      Effect: "Allow",
      Action: [
        "events:DeleteRule",
        "events:DescribeRule",
        "events:DisableRule",
        "events:EnableRule",
        "events:ListTargetsByRule",
        "events:PutRule",
        "events:PutTargets",
        "events:RemoveTargets",
      ],
      Resource: `arn:aws:events:${region}:${accountId}:rule/AwsBackupManagedRule*`,
    },
    // Neither has a resource to name.
    {
      Sid: "ListBucketsAndRules",
      Effect: "Allow",
      Action: ["events:ListRules", "s3:ListAllMyBuckets"],
      Resource: "*",
    },
  ];
}

export function keyStatements(spec: DrReplicationSpec, { vaultKeyArns }: VaultArns): Statement[] {
  const stores = [...databasesOf(spec), ...bucketsOf(spec)].map(([, { keyArn }]) => keyArn);
  const keys = [...stores, ...vaultKeyArns];
  return [
    {
      Sid: "UseKeys",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
      Resource: keys,
    },
    {
      Sid: "LendKeys",
      Effect: "Allow",
      Action: "kms:CreateGrant",
      Resource: keys,
      // To a service that works with the store, and to nobody else.
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

function regionsOf({ region, copyRegion }: DrReplicationSpec): string[] {
  return [region, ...(copyRegion === undefined ? [] : [copyRegion])];
}

/** Nobody deletes a backup by hand; those whose time is over go by themselves. The policy is of what is in its vault. */
export const vaultPolicy: aws.iam.PolicyDocument = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "NobodyDeletesBackups",
      Effect: "Deny",
      Principal: "*",
      Action: ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"],
      Resource: "*",
    },
  ],
};

/**
 * Made by AWS with the first report plan of an account. By a condition and not as a principal: a policy that names a role
 * which is not there yet is refused. @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-report-plan-api.html
 */
function byReports(accountId: string) {
  return {
    Principal: "*" as const,
    Condition: {
      StringEquals: {
        "aws:PrincipalArn": `arn:aws:iam::${accountId}:role/aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports`,
      },
    },
  };
}

export function reportsWrite(accountId: string, bucketArn: pulumi.Input<string>): Statement {
  return {
    Sid: "ReportsWrite",
    Effect: "Allow",
    Action: "s3:PutObject",
    Resource: pulumi.interpolate`${bucketArn}/*`,
    ...byReports(accountId),
  };
}

/** For the policy of the key that the reports are encrypted with. */
export function reportsEncrypt(accountId: string): Statement {
  return {
    Sid: "ReportsEncrypt",
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: "*",
    ...byReports(accountId),
  };
}
