import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import {
  publisherTopicPolicy,
  topicKeyStatements,
  type TopicPublisher,
} from "../shared/topic-policies";

interface Location {
  readonly region: string;
  readonly accountId: string;
}

/** Each of this account alone: the service would otherwise speak for anybody's. */
function publishers({ region, accountId }: Location): TopicPublisher[] {
  const ofAccount = { StringEquals: { "aws:SourceAccount": accountId } };
  const from = (arn: string) => ({ ...ofAccount, ArnLike: { "aws:SourceArn": arn } });
  return [
    {
      sid: "Alarms",
      service: "cloudwatch.amazonaws.com",
      condition: from(`arn:aws:cloudwatch:${region}:${accountId}:alarm:*`),
    },
    // Databases tell of their failovers and failures.
    {
      sid: "DatabaseEvents",
      service: "events.rds.amazonaws.com",
      condition: from(`arn:aws:rds:${region}:${accountId}:*`),
    },
    // Vaults, of jobs that failed: https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html
    { sid: "BackupEvents", service: "backup.amazonaws.com", condition: ofAccount },
    // Buckets, of objects that could not follow into another region, or are late.
    { sid: "BucketEvents", service: "s3.amazonaws.com", condition: from("arn:aws:s3:::*") },
  ];
}

/** Whoever publishes may encrypt it. */
export function topicKeyPolicy(location: Location): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: topicKeyStatements(location.accountId, publishers(location)),
  };
}

/** Alarms, databases, vaults and buckets publish. */
export function topicPolicy(
  location: Location,
  topicArn: pulumi.Input<string>,
): aws.iam.PolicyDocument {
  return publisherTopicPolicy(topicArn, publishers(location));
}
