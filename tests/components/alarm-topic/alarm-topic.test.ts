import { expect } from "chai";
import { AlarmTopic, type AlarmTopicArgs } from "../../../components/alarm-topic";
import { ArgsError } from "../../../components/shared/args-error";
import { startOfflineEngine, valueOf } from "../../support/engine";

const args: AlarmTopicArgs = {
  region: "us-west-2",
  accountId: "123456789012",
  emailAddresses: ["a@platform.example", "b@platform.example"],
};

describe("AlarmTopic", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers key, topic, policy and a subscription by address (${mode} values)`, async () => {
      const engine = await startOfflineEngine({ mode });
      new AlarmTopic("ops", args);
      await engine.settle();
      expect(engine.registrations.map(({ type, name }) => [type, name])).to.have.deep.members([
        ["platform:observation:AlarmTopic", "ops"],
        ["aws:kms/key:Key", "ops-alarms"],
        ["aws:sns/topic:Topic", "ops-alarms"],
        ["aws:sns/topicPolicy:TopicPolicy", "ops-alarms"],
        ["aws:sns/topicSubscription:TopicSubscription", "ops-alarms-a@platform.example"],
        ["aws:sns/topicSubscription:TopicSubscription", "ops-alarms-b@platform.example"],
      ]);
    });

  it("lets alarms of its own account and region publish, encrypted, and nobody else", async () => {
    const engine = await startOfflineEngine({ mode: "known" });
    const { topicArn } = new AlarmTopic("ops", args);
    await engine.settle();
    const arn = await valueOf(topicArn);
    const inputsOf = (type: string) =>
      engine.registrations.find((registration) => registration.type === type)?.inputs;
    const own = {
      StringEquals: { "aws:SourceAccount": "123456789012" },
      ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:us-west-2:123456789012:alarm:*" },
    };
    const ofDatabases = {
      StringEquals: { "aws:SourceAccount": "123456789012" },
      ArnLike: { "aws:SourceArn": "arn:aws:rds:us-west-2:123456789012:*" },
    };
    const ofVaults = { StringEquals: { "aws:SourceAccount": "123456789012" } };
    const ofBuckets = { ...ofVaults, ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } };
    const policy = inputsOf("aws:sns/topicPolicy:TopicPolicy")?.["policy"] as string;
    expect(JSON.parse(policy)).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AlarmsPublish",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: "sns:Publish",
          Resource: arn,
          Condition: own,
        },
        {
          Sid: "DatabaseEventsPublish",
          Effect: "Allow",
          Principal: { Service: "events.rds.amazonaws.com" },
          Action: "sns:Publish",
          Resource: arn,
          Condition: ofDatabases,
        },
        {
          Sid: "BackupEventsPublish",
          Effect: "Allow",
          Principal: { Service: "backup.amazonaws.com" },
          Action: "sns:Publish",
          Resource: arn,
          Condition: ofVaults,
        },
        {
          Sid: "BucketEventsPublish",
          Effect: "Allow",
          Principal: { Service: "s3.amazonaws.com" },
          Action: "sns:Publish",
          Resource: arn,
          Condition: ofBuckets,
        },
        {
          Sid: "EncryptedConnectionsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "sns:Publish",
          Resource: arn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
    const key = inputsOf("aws:kms/key:Key");
    expect(key?.["enableKeyRotation"]).to.equal(true);
    const encrypt = (Sid: string, Service: string, Condition: object) => ({
      ...{ Sid, Effect: "Allow", Principal: { Service }, Condition },
      ...{ Action: ["kms:Decrypt", "kms:GenerateDataKey*"], Resource: "*" },
    });
    expect(
      (JSON.parse(key?.["policy"] as string) as { Statement: unknown[] }).Statement.slice(1),
    ).to.deep.equal([
      encrypt("AlarmsEncrypt", "cloudwatch.amazonaws.com", own),
      encrypt("DatabaseEventsEncrypt", "events.rds.amazonaws.com", ofDatabases),
      encrypt("BackupEventsEncrypt", "backup.amazonaws.com", ofVaults),
      encrypt("BucketEventsEncrypt", "s3.amazonaws.com", ofBuckets),
    ]);
  });

  it("refuses every problem at once, and registers nothing", async () => {
    const engine = await startOfflineEngine({ mode: "known" });
    let problems: readonly string[] = [];
    try {
      new AlarmTopic("ops", {
        region: "oregon",
        accountId: "12",
        emailAddresses: ["nobody", "a@platform.example", "a@platform.example"],
      });
    } catch (error) {
      if (error instanceof ArgsError) problems = error.problems;
    }
    await engine.settle();
    expect(problems).to.deep.equal([
      'region: got "oregon", need an AWS region',
      'accountId: got "12", need 12 digits, or unassigned',
      'emailAddresses: got "nobody", need a mail address',
      'emailAddresses: got "a@platform.example" twice, need each once',
    ]);
    expect(engine.registrations).to.deep.equal([]);
  });
});

describe("the example of AlarmTopic", () => {
  it("runs by itself, all with the provider of its account", async () => {
    const engine = await startOfflineEngine({ config: { "auterity:accountId": "123456789012" } });
    await import("../../../examples/alarm-topic/index.js");
    await engine.settle();
    const alarm = engine.registrations.find(({ type }) => type.endsWith(":MetricAlarm"));
    expect(alarm?.inputs["alarmActions"]).to.have.length(1);
    const providers = engine.registrations
      .filter(({ type }) => type.startsWith("aws:"))
      .map(({ provider }) => provider.split("::")[3]);
    expect(new Set(providers)).to.deep.equal(new Set(["account"]));
  });
});
