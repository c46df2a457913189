import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { createStoreAlarms } from "../shared/store-alarms";
import type { ObservabilityStackSpec } from "./args";

type Place = Pick<ObservabilityStackSpec, "region" | "accountId" | "clusterName">;

function topicName({ clusterName }: Place): string {
  return `${clusterName}-heartbeat`;
}

/** By name, so that Alertmanager's configuration can be written and tested before the topic is. */
export function heartbeatTopicArn(place: Place): string {
  return `arn:aws:sns:${place.region}:${place.accountId}:${topicName(place)}`;
}

const periodSeconds = 300;
/** Longer than a node is drained and Prometheus started on another one. */
const silentPeriods = 3;

/**
 * The dead man's switch: an alert that always fires is sent to a topic that nobody reads, and CloudWatch alarms when
 * nothing comes any more. It needs nothing of the cluster to do so.
 */
export function createHeartbeat(
  name: string,
  spec: ObservabilityStackSpec,
  owned: pulumi.CustomResourceOptions,
): aws.sns.Topic {
  const { region, alerting, tags } = spec;
  const topic = new aws.sns.Topic(
    `${name}-heartbeat`,
    { region, name: topicName(spec), kmsMasterKeyId: alerting.topicKeyArn, tags },
    owned,
  );
  createStoreAlarms(
    `${name}-alerting`,
    {
      region,
      namespace: "AWS/SNS",
      alarmTopicArn: alerting.topicArn,
      tags,
      alarms: {
        silent: {
          description:
            "Prometheus or Alertmanager tells nothing any more, not even the alert that always fires: no other alert would " +
            "arrive either. Look at the pods of the namespace monitoring.",
          measure: {
            metricName: "NumberOfMessagesPublished",
            dimensions: { TopicName: topic.name },
          },
          statistic: "Sum",
          threshold: 1,
          comparison: "LessThanThreshold",
          periodSeconds,
          periods: silentPeriods,
          missing: "breaching",
        },
      },
    },
    owned,
  );
  return topic;
}
