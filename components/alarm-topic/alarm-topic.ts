import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import { type AlarmTopicArgs, resolveAlarmTopicArgs } from "./args";
import { topicKeyPolicy, topicPolicy } from "./policies";

const keyDeletionWindowDays = 30;

/** Where an environment's CloudWatch alarms go: one encrypted topic that only alarms of its account publish to. */
export class AlarmTopic extends pulumi.ComponentResource {
  /** For `alarmActions` and `okActions`; known once the topic takes messages. */
  readonly topicArn: pulumi.Output<string>;
  /** Of the key of its messages: whoever publishes beside alarms needs it, and a right of its own to both. */
  readonly keyArn: pulumi.Output<string>;

  constructor(name: string, args: AlarmTopicArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveAlarmTopicArgs(name, args);
    super("platform:observation:AlarmTopic", name, spec, opts);

    const owned = childOptions(this, opts);
    const key = new aws.kms.Key(
      `${name}-alarms`,
      {
        region: spec.region,
        description: `Messages of alarms of ${name}`,
        enableKeyRotation: true,
        deletionWindowInDays: keyDeletionWindowDays,
        policy: JSON.stringify(topicKeyPolicy(spec)),
        tags: spec.tags,
      },
      owned,
    );
    const topic = new aws.sns.Topic(
      `${name}-alarms`,
      { region: spec.region, kmsMasterKeyId: key.arn, tags: spec.tags },
      owned,
    );
    const policy = new aws.sns.TopicPolicy(
      `${name}-alarms`,
      {
        region: spec.region,
        arn: topic.arn,
        policy: pulumi.jsonStringify(topicPolicy(spec, topic.arn)),
      },
      owned,
    );
    for (const address of spec.emailAddresses)
      new aws.sns.TopicSubscription(
        `${name}-alarms-${address}`,
        { region: spec.region, topic: topic.arn, protocol: "email", endpoint: address },
        owned,
      );

    this.topicArn = pulumi.all([topic.arn, policy.id]).apply(([arn]) => arn);
    this.keyArn = key.arn;
    this.registerOutputs({ topicArn: this.topicArn, keyArn: this.keyArn });
  }
}
