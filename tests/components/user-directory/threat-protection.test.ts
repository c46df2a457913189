import { expect } from "chai";
import { full, inputsOf, least, registered } from "./fixture";

describe("UserDirectory: what watches over sign-ins", () => {
  const risk = "aws:cognito/riskConfiguration:RiskConfiguration";
  const configuration = (challenge: string) => ({
    region: "us-west-2",
    userPoolId: "people-id",
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
  });

  it("challenges whoever has a second factor, and blocks high risks and known passwords", async () => {
    expect(await inputsOf(least, risk)).to.deep.equal(configuration("MFA_IF_CONFIGURED"));
  });

  it("lets nobody in without a second factor where all have to have one", async () => {
    expect(await inputsOf(full, risk)).to.deep.equal(configuration("MFA_REQUIRED"));
  });

  it("logs every sign-in and every message that failed, encrypted with a key of its own", async () => {
    const { registrations } = await registered(full);
    const of = (type: string) => registrations.find((one) => one.type === type)?.inputs;
    const logGroupArn =
      "arn:aws:logs:us-west-2:123456789012:log-group:/aws/vendedlogs/cognito/people";
    expect(of("aws:cloudwatch/logGroup:LogGroup")).to.deep.equal({
      region: "us-west-2",
      name: "/aws/vendedlogs/cognito/people",
      kmsKeyId: "arn:aws:kms:us-west-2:123456789012:key/people-events-id",
      retentionInDays: 400,
      tags: { team: "platform" },
    });
    expect(of("aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration")).to.deep.equal({
      region: "us-west-2",
      userPoolId: "people-id",
      logConfigurations: [
        {
          eventSource: "userAuthEvents",
          logLevel: "INFO",
          cloudWatchLogsConfiguration: { logGroupArn },
        },
        {
          eventSource: "userNotification",
          logLevel: "ERROR",
          cloudWatchLogsConfiguration: { logGroupArn },
        },
      ],
    });
    const key = of("aws:kms/key:Key");
    expect(key).to.include({ enableKeyRotation: true, deletionWindowInDays: 30 });
    expect(JSON.parse(key?.["policy"] as string)).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AccountAdministers",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "LogGroupsEncrypt",
          Effect: "Allow",
          Principal: { Service: "logs.us-west-2.amazonaws.com" },
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
              "kms:EncryptionContext:aws:logs:arn":
                "arn:aws:logs:us-west-2:123456789012:log-group:/aws/vendedlogs/cognito/*",
            },
          },
        },
      ],
    });
  });

  it("stands behind the firewall that it is given", async () => {
    const { registrations } = await registered(full);
    const pool = registrations.find(({ type }) => type.endsWith(":UserPool"));
    const association = registrations.find(({ type }) => type.endsWith(":WebAclAssociation"));
    expect(association?.inputs).to.deep.equal({
      region: "us-west-2",
      resourceArn: "arn:aws:cognito:us-west-2:123456789012:auterity-dev",
      webAclArn: full.webAclArn,
    });
    expect(association?.propertyDependencies["resourceArn"]).to.deep.equal([pool?.urn]);
  });
});
