import type * as aws from "@pulumi/aws";

/** For every key's policy: without it nobody could ever change the key again; IAM decides who of the account may use it. */
export function accountAdministersKey(accountId: string): aws.iam.PolicyStatement {
  return {
    Sid: "AccountAdministers",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: "kms:*",
    Resource: "*",
  };
}
