import type * as aws from "@pulumi/aws";
import { accountAdministersKey } from "../shared/key-statements";

interface Place {
  readonly region: string;
  readonly accountId: string;
}

/** What RDS writes to CloudWatch, by its own names. */
export const exportedLogs = ["postgresql", "iam-db-auth-error"] as const;

export function logGroupName(clusterName: string, log: string): string {
  return `/aws/rds/cluster/${clusterName}/${log}`;
}

/** RDS and Secrets Manager use the key for whoever may get at the database; the logs of this cluster are encrypted with it too. */
export function databaseKeyPolicy(
  { region, accountId }: Place,
  clusterName: string,
): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      accountAdministersKey(accountId),
      {
        Sid: "LogsEncrypt",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: [
          "kms:Decrypt",
          "kms:DescribeKey",
          "kms:Encrypt",
          "kms:GenerateDataKey*",
          "kms:ReEncrypt*",
        ],
        Resource: "*",
        Condition: {
          ArnLike: {
            // Its own, and those of the functions that make and rotate its users.
            "kms:EncryptionContext:aws:logs:arn": [
              logGroupName(clusterName, "*"),
              `/aws/lambda/${clusterName}-database-*`,
            ].map((group) => `arn:aws:logs:${region}:${accountId}:log-group:${group}`),
          },
        },
      },
    ],
  };
}

/** Whom IAM lets read the secret may use it; nobody else has a reason to. */
export function copyKeyPolicy(accountId: string): aws.iam.PolicyDocument {
  return { Version: "2012-10-17", Statement: [accountAdministersKey(accountId)] };
}

/** RDS takes the role to write what the operating system of an instance measures; for instances of this account alone. */
export function monitoringTrustPolicy({ region, accountId }: Place): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "monitoring.rds.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: { "aws:SourceArn": `arn:aws:rds:${region}:${accountId}:db:*` },
        },
      },
    ],
  };
}

/** What the managed policy of RDS for it allows, for its one log group. @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Monitoring.OS.Enabling.html */
export function monitoringPolicy({ region, accountId }: Place): aws.iam.PolicyDocument {
  const group = `arn:aws:logs:${region}:${accountId}:log-group:RDS*`;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "MakeLogGroup",
        Effect: "Allow",
        Action: ["logs:CreateLogGroup", "logs:PutRetentionPolicy"],
        Resource: group,
      },
      {
        Sid: "WriteMeasurements",
        Effect: "Allow",
        Action: [
          "logs:CreateLogStream",
          "logs:DescribeLogStreams",
          "logs:GetLogEvents",
          "logs:PutLogEvents",
        ],
        Resource: `${group}:log-stream:*`,
      },
    ],
  };
}
