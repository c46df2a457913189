import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ChildOptions } from "../shared/child-options";
import type { CostControlsSpec } from "./args";
import { costKeyPolicy, costTopicPolicy } from "./policies";

const keyDeletionWindowDays = 30;

export interface CostTopic {
  /** Known once the topic takes messages. */
  readonly topicArn: pulumi.Output<string>;
  readonly key: aws.kms.Key;
}

/** Apart from the alarms': who looks after money is seldom who is on call. */
export function createTopic(
  name: string,
  spec: CostControlsSpec,
  { functionName, owned }: { readonly functionName: string; readonly owned: ChildOptions },
): CostTopic {
  const { region, tags } = spec;
  const key = new aws.kms.Key(
    `${name}-costs`,
    {
      region,
      description: `What is told of the costs of ${name}`,
      enableKeyRotation: true,
      deletionWindowInDays: keyDeletionWindowDays,
      policy: JSON.stringify(costKeyPolicy(spec, functionName)),
      tags,
    },
    owned,
  );
  const topic = new aws.sns.Topic(
    `${name}-costs`,
    { region, kmsMasterKeyId: key.arn, tags },
    owned,
  );
  const policy = new aws.sns.TopicPolicy(
    `${name}-costs`,
    { region, arn: topic.arn, policy: pulumi.jsonStringify(costTopicPolicy(spec, topic.arn)) },
    owned,
  );
  for (const address of spec.emailAddresses)
    new aws.sns.TopicSubscription(
      `${name}-costs-${address}`,
      { region, topic: topic.arn, protocol: "email", endpoint: address },
      owned,
    );
  return { topicArn: pulumi.all([topic.arn, policy.id]).apply(([arn]) => arn), key };
}
