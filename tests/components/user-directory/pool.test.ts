import { expect } from "chai";
import { full, inputsOf, least, registered } from "./fixture";

describe("UserDirectory: the pool", () => {
  const type = "aws:cognito/userPool:UserPool";
  const attribute = (name: string, required: boolean) => ({
    name,
    attributeDataType: "String",
    developerOnlyAttribute: false,
    mutable: true,
    required,
    stringAttributeConstraints: { minLength: "1", maxLength: "256" },
  });

  it("lets administrators alone create people, with an optional second factor", async () => {
    expect(await inputsOf(least, type)).to.deep.equal({
      region: "us-west-2",
      name: "auterity-dev",
      userPoolTier: "PLUS",
      userPoolAddOns: {
        advancedSecurityMode: "ENFORCED",
        advancedSecurityAdditionalFlows: { customAuthMode: "ENFORCED" },
      },
      deletionProtection: "ACTIVE",
      adminCreateUserConfig: { allowAdminCreateUserOnly: true },
      usernameAttributes: ["email"],
      usernameConfiguration: { caseSensitive: false },
      autoVerifiedAttributes: ["email"],
      userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ["email"] },
      accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
      mfaConfiguration: "OPTIONAL",
      softwareTokenMfaConfiguration: { enabled: true },
      passwordPolicy: {
        minimumLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireNumbers: true,
        requireSymbols: true,
        passwordHistorySize: 12,
        temporaryPasswordValidityDays: 7,
      },
      schemas: [
        attribute("email", true),
        attribute("given_name", true),
        attribute("family_name", true),
        attribute("department", false),
        attribute("role", false),
      ],
      tags: {},
    });
  });

  it("takes a required second factor, longer passwords, a sender and tags", async () => {
    const pool = await inputsOf(full, type);
    expect(pool["mfaConfiguration"]).to.equal("ON");
    expect(pool["passwordPolicy"]).to.have.property("minimumLength", 16);
    expect(pool["emailConfiguration"]).to.deep.equal({
      emailSendingAccount: "DEVELOPER",
      sourceArn: "arn:aws:ses:us-west-2:123456789012:identity/platform.example",
      fromEmailAddress: "Auterity <no-reply@platform.example>",
    });
    expect(pool["tags"]).to.deep.equal({ team: "platform" });
  });

  it("may be deleted in AWS, too, where nothing is protected", async () => {
    const pool = await inputsOf({ ...least, protect: false }, type);
    expect(pool["deletionProtection"]).to.equal("INACTIVE");
  });

  it("is never replaced for what AWS lets nobody change", async () => {
    const { registrations } = await registered(least);
    const pool = registrations.find((registration) => registration.type === type);
    expect(pool?.ignoreChanges).to.deep.equal([
      "aliasAttributes",
      "schemas",
      "usernameAttributes",
      "usernameConfiguration",
    ]);
    const others = registrations.filter(({ ignoreChanges }) => ignoreChanges.length > 0);
    expect(others).to.have.length(1);
  });
});

describe("UserDirectory: the application", () => {
  const type = "aws:cognito/userPoolClient:UserPoolClient";
  const client = {
    region: "us-west-2",
    userPoolId: "people-id",
    name: "auterity-web",
    generateSecret: false,
    explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
    supportedIdentityProviders: ["COGNITO"],
    accessTokenValidity: 8,
    idTokenValidity: 8,
    refreshTokenValidity: 30,
    tokenValidityUnits: { accessToken: "hours", idToken: "hours", refreshToken: "days" },
    authSessionValidity: 3,
    enableTokenRevocation: true,
    preventUserExistenceErrors: "ENABLED",
    readAttributes: [
      "custom:department",
      "custom:role",
      "email",
      "email_verified",
      "family_name",
      "given_name",
    ],
    // No custom:role: nobody gives it to themselves.
    writeAttributes: ["email", "family_name", "given_name"],
  };

  it("signs in without hosted pages", async () => {
    expect(await inputsOf(least, type)).to.deep.equal({
      ...client,
      allowedOauthFlowsUserPoolClient: false,
    });
  });

  it("signs in on hosted pages by code alone", async () => {
    expect(await inputsOf(full, type)).to.deep.equal({
      ...client,
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ["code"],
      allowedOauthScopes: ["email", "openid", "profile"],
      callbackUrls: ["https://app.platform.example/auth/callback"],
      logoutUrls: ["https://app.platform.example/auth/logout"],
    });
  });

  it("has its pages below Cognito's domain, or at one of its own", async () => {
    const domain = "aws:cognito/userPoolDomain:UserPoolDomain";
    expect(await inputsOf(full, domain)).to.deep.equal({
      region: "us-west-2",
      userPoolId: "people-id",
      domain: "auterity-dev",
    });
    const own = {
      domain: "sign-in.platform.example",
      certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
    };
    expect(await inputsOf({ ...full, signInDomain: own }, domain)).to.deep.equal({
      region: "us-west-2",
      userPoolId: "people-id",
      ...own,
    });
  });
});
