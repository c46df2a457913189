import type * as aws from "@pulumi/aws";
import { accountAdministersKey } from "../shared/key-statements";

interface Place {
  readonly region: string;
  readonly accountId: string;
}

/** Log groups of user directories, and nothing else. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
export function logKeyPolicy({ region, accountId }: Place): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      accountAdministersKey(accountId),
      {
        Sid: "LogGroupsEncrypt",
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
            "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${accountId}:log-group:/aws/vendedlogs/cognito/*`,
          },
        },
      },
    ],
  };
}
