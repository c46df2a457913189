import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { accountAdministersKey } from "./key-statements";

const deletionWindowDays = 30;

interface StoreKeyArgs {
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  readonly description: string;
  /** Names of the log groups that it encrypts as well. */
  readonly logGroupNames: readonly string[];
  /** What others may do with it. Default: nothing. */
  readonly statements?: readonly aws.iam.PolicyStatement[];
  readonly protect: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** A key for one store and its logs; the store's service gets a grant from whoever creates the store. */
export function createStoreKey(
  name: string,
  args: StoreKeyArgs,
  owned: pulumi.CustomResourceOptions,
): aws.kms.Key {
  const { region, accountId, description, logGroupNames, protect, tags } = args;
  return new aws.kms.Key(
    name,
    {
      region,
      description,
      enableKeyRotation: true,
      deletionWindowInDays: deletionWindowDays,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          accountAdministersKey(accountId),
          ...(logGroupNames.length > 0 ? [logsEncrypt(args)] : []),
          ...(args.statements ?? []),
        ],
      }),
      tags,
    },
    { ...owned, protect },
  );
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
function logsEncrypt({ region, accountId, logGroupNames }: StoreKeyArgs): aws.iam.PolicyStatement {
  return {
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
      ArnEquals: {
        "kms:EncryptionContext:aws:logs:arn": logGroupNames.map(
          (logGroup) => `arn:aws:logs:${region}:${accountId}:log-group:${logGroup}`,
        ),
      },
    },
  };
}
