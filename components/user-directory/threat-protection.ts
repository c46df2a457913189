import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedUserDirectoryArgs } from "./args";
import { logKeyPolicy } from "./policies";

const keyDeletionWindowDays = 30;

interface Protected {
  readonly spec: ResolvedUserDirectoryArgs;
  readonly pool: aws.cognito.UserPool;
}

/**
 * What becomes of a sign-in that looks like somebody else's. Told to people by nobody: a mail needs a sender of one's own,
 * and the administrators see the events in the log.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-adaptive-authentication.html
 */
export function createRiskConfiguration(
  name: string,
  { spec, pool }: Protected,
  owned: pulumi.CustomResourceOptions,
): void {
  // Where everybody has a second factor, none may sign in without.
  const challenge = spec.totp === "required" ? "MFA_REQUIRED" : "MFA_IF_CONFIGURED";
  new aws.cognito.RiskConfiguration(
    `${name}-risk`,
    {
      region: spec.region,
      userPoolId: pool.id,
      accountTakeoverRiskConfiguration: {
        actions: {
          lowAction: { eventAction: challenge, notify: false },
          mediumAction: { eventAction: challenge, notify: false },
          highAction: { eventAction: "BLOCK", notify: false },
        },
      },
      compromisedCredentialsRiskConfiguration: {
        actions: { eventAction: "BLOCK" },
        eventFilters: ["PASSWORD_CHANGE", "SIGN_IN", "SIGN_UP"],
      },
    },
    owned,
  );
}

/** Every sign-in with its risk, and every message that could not be sent, in an encrypted log group. */
export function createEventLog(
  name: string,
  { spec, pool }: Protected,
  owned: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogGroup {
  const { region, tags, protect } = spec;
  const key = new aws.kms.Key(
    `${name}-events`,
    {
      region,
      description: `Sign-ins of ${name}`,
      enableKeyRotation: true,
      deletionWindowInDays: keyDeletionWindowDays,
      policy: JSON.stringify(logKeyPolicy(spec)),
      tags,
    },
    { ...owned, protect },
  );
  const group = new aws.cloudwatch.LogGroup(
    `${name}-events`,
    {
      region,
      // Below this path, deliveries need no line each in the account's resource policy, which is short.
      name: `/aws/vendedlogs/cognito/${name}`,
      kmsKeyId: key.arn,
      retentionInDays: spec.logRetentionDays,
      tags,
    },
    { ...owned, protect },
  );
  const cloudWatchLogsConfiguration = { logGroupArn: group.arn };
  new aws.cognito.LogDeliveryConfiguration(
    `${name}-events`,
    {
      region,
      userPoolId: pool.id,
      logConfigurations: [
        { eventSource: "userAuthEvents", logLevel: "INFO", cloudWatchLogsConfiguration },
        { eventSource: "userNotification", logLevel: "ERROR", cloudWatchLogsConfiguration },
      ],
    },
    owned,
  );
  return group;
}
