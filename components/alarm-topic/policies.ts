import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { accountAdministersKey } from "../shared/key-statements";

interface Location {
  readonly region: string;
  readonly accountId: string;
}

/** Only alarms of this account and region: the service would otherwise speak for anybody's. */
function fromOwnAlarms({ region, accountId }: Location) {
  return {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${region}:${accountId}:alarm:*` },
  };
}

/** Databases of this account and region tell of their failovers and failures. */
function fromOwnDatabases({ region, accountId }: Location) {
  return {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: { "aws:SourceArn": `arn:aws:rds:${region}:${accountId}:*` },
  };
}

/** Buckets of this account tell of objects that could not follow into another region, or are late. */
function fromOwnBuckets({ accountId }: Location) {
  return {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" },
  };
}

/** Vaults of this account tell of jobs that failed. @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html */
function fromOwnVaults({ accountId }: Location) {
  return { StringEquals: { "aws:SourceAccount": accountId } };
}

/** CloudWatch, RDS and AWS Backup may encrypt what they publish; SNS itself uses the key through the grant of the topic. */
export function topicKeyPolicy(location: Location): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      accountAdministersKey(location.accountId),
      {
        Sid: "AlarmsEncrypt",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: fromOwnAlarms(location),
      },
      {
        Sid: "DatabaseEventsEncrypt",
        Effect: "Allow",
        Principal: { Service: "events.rds.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: fromOwnDatabases(location),
      },
      {
        Sid: "BackupEventsEncrypt",
        Effect: "Allow",
        Principal: { Service: "backup.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: fromOwnVaults(location),
      },
      {
        Sid: "BucketEventsEncrypt",
        Effect: "Allow",
        Principal: { Service: "s3.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: fromOwnBuckets(location),
      },
    ],
  };
}

/** Alarms, vaults and events of databases publish; nobody does over an unencrypted connection. */
export function topicPolicy(
  location: Location,
  topicArn: pulumi.Input<string>,
): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AlarmsPublish",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: fromOwnAlarms(location),
      },
      {
        Sid: "DatabaseEventsPublish",
        Effect: "Allow",
        Principal: { Service: "events.rds.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: fromOwnDatabases(location),
      },
      {
        Sid: "BackupEventsPublish",
        Effect: "Allow",
        Principal: { Service: "backup.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: fromOwnVaults(location),
      },
      {
        Sid: "BucketEventsPublish",
        Effect: "Allow",
        Principal: { Service: "s3.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: fromOwnBuckets(location),
      },
      {
        Sid: "EncryptedConnectionsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  };
}
