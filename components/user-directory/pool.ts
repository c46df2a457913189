import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { attributeSchemas } from "./attributes";
import type { ResolvedUserDirectoryArgs } from "./args";

/** An invitation that nobody took up is to be sent anew, not to wait for whoever finds it. */
const invitationDays = 7;
/** As the last three months' passwords of somebody who changes it every week; up to 24 can be kept. */
const rememberedPasswords = 12;

/** People who use the platform. Whatever the schema says when the pool is made stays: docs/user-directory.md. */
export function createPool(
  name: string,
  spec: ResolvedUserDirectoryArgs,
  owned: pulumi.CustomResourceOptions,
): aws.cognito.UserPool {
  return new aws.cognito.UserPool(
    name,
    {
      region: spec.region,
      name: spec.poolName,
      // The plan with threat protection.
      userPoolTier: "PLUS",
      userPoolAddOns: {
        advancedSecurityMode: "ENFORCED",
        // Were a sign-in of our own making ever added, it would be protected as well.
        advancedSecurityAdditionalFlows: { customAuthMode: "ENFORCED" },
      },
      deletionProtection: spec.protect ? "ACTIVE" : "INACTIVE",
      adminCreateUserConfig: { allowAdminCreateUserOnly: true },
      usernameAttributes: ["email"],
      usernameConfiguration: { caseSensitive: false },
      autoVerifiedAttributes: ["email"],
      // A new address counts once it has proved itself: until then, the old one gets the codes.
      userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ["email"] },
      accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
      mfaConfiguration: spec.totp === "required" ? "ON" : "OPTIONAL",
      softwareTokenMfaConfiguration: { enabled: true },
      passwordPolicy: {
        minimumLength: spec.passwordLength,
        requireLowercase: true,
        requireUppercase: true,
        requireNumbers: true,
        requireSymbols: true,
        passwordHistorySize: rememberedPasswords,
        temporaryPasswordValidityDays: invitationDays,
      },
      schemas: [...attributeSchemas],
      ...(spec.sender !== undefined && {
        emailConfiguration: {
          emailSendingAccount: "DEVELOPER",
          sourceArn: spec.sender.sourceArn,
          fromEmailAddress: spec.sender.from,
        },
      }),
      tags: spec.tags,
    },
    { ...owned, protect: spec.protect, ignoreChanges: [...settledAtCreation] },
  );
}

/**
 * AWS lets nobody change these, so a difference could only mean a new pool without the people of this one: an imported pool
 * keeps what it was made with. @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-updating.html
 */
const settledAtCreation = [
  "aliasAttributes",
  "schemas",
  "usernameAttributes",
  "usernameConfiguration",
] as const;
