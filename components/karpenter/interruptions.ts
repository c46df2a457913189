import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ChildOptions } from "../shared/child-options";
import { queuePolicy } from "./policies";

/** A warning is of no use once the node is gone: two minutes for Spot. */
const retentionSeconds = 300;

interface Event {
  readonly source: string;
  readonly detailType: string;
}

/** @see https://karpenter.sh/docs/concepts/disruption/#interruption */
const events: Readonly<Record<string, Event>> = {
  "spot-interruption": {
    source: "aws.ec2",
    detailType: "EC2 Spot Instance Interruption Warning",
  },
  rebalance: { source: "aws.ec2", detailType: "EC2 Instance Rebalance Recommendation" },
  "instance-state": { source: "aws.ec2", detailType: "EC2 Instance State-change Notification" },
  health: { source: "aws.health", detailType: "AWS Health Event" },
};

export interface InterruptionQueue {
  readonly queue: aws.sqs.Queue;
  /** Without these nothing arrives. */
  readonly needed: pulumi.Resource[];
}

/** What AWS tells of instances that will go: the controller drains and replaces them before they do. */
export function createInterruptionQueue(
  name: string,
  tags: Readonly<Record<string, string>>,
  owned: ChildOptions,
): InterruptionQueue {
  const child = `${name}-interruptions`;
  const queue = new aws.sqs.Queue(
    child,
    { messageRetentionSeconds: retentionSeconds, sqsManagedSseEnabled: true, tags },
    owned,
  );
  const rules = Object.entries(events).map(
    ([key, { source, detailType }]) =>
      new aws.cloudwatch.EventRule(
        `${child}-${key}`,
        {
          description: `${detailType}, for the nodes of ${name}`,
          eventPattern: JSON.stringify({ source: [source], "detail-type": [detailType] }),
          tags,
        },
        owned,
      ),
  );
  const policy = new aws.sqs.QueuePolicy(
    child,
    {
      queueUrl: queue.url,
      policy: pulumi.jsonStringify(
        queuePolicy(
          queue.arn,
          rules.map((rule) => rule.arn),
        ),
      ),
    },
    owned,
  );
  const targets = Object.keys(events).flatMap((key, index) => {
    const rule = rules[index];
    if (rule === undefined) return [];
    const args = { rule: rule.name, arn: queue.arn };
    return [new aws.cloudwatch.EventTarget(`${child}-${key}`, args, owned)];
  });
  return { queue, needed: [policy, ...targets] };
}
