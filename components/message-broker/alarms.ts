import type { StoreAlarm } from "../shared/store-alarms";
import type { MessageBrokerSpec } from "./args";

const fiveMinutes = 300;

type Named = Pick<MessageBrokerSpec, "brokerName">;

const common = {
  comparison: "GreaterThanThreshold",
  periodSeconds: fiveMinutes,
  missing: "notBreaching",
} as const;

/** @see https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/security-logging-monitoring-cloudwatch.html */
export function brokerAlarms(broker: Named): Record<string, StoreAlarm> {
  return { ...capacityAlarms(broker), ...serviceAlarms(broker) };
}

/** Of RabbitMQ's own limits: at each of them it blocks everybody who publishes. */
function capacityAlarms({ brokerName }: Named): Record<string, StoreAlarm> {
  const metric = metricOf(brokerName);
  return {
    memory: {
      ...common,
      description: `A node of ${brokerName} has used 80 % of the memory at which the broker blocks everybody who publishes: look for queues that grow`,
      measure: {
        expression: "100 * used / limit",
        label: "Memory, percent of the limit",
        metrics: { used: metric("RabbitMQMemUsed"), limit: metric("RabbitMQMemLimit") },
      },
      statistic: "Maximum",
      threshold: 80,
      periods: 2,
    },
    disk: {
      ...common,
      description: `A node of ${brokerName} has less than twice the free disk at which the broker blocks everybody who publishes: look for queues that grow`,
      measure: {
        expression: "free / limit",
        label: "Free disk, times the limit",
        metrics: { free: metric("RabbitMQDiskFree"), limit: metric("RabbitMQDiskFreeLimit") },
      },
      statistic: "Minimum",
      comparison: "LessThanThreshold",
      threshold: 2,
      periods: 2,
    },
  };
}

function serviceAlarms({ brokerName }: Named): Record<string, StoreAlarm> {
  const metric = metricOf(brokerName);
  return {
    unread: {
      ...common,
      description: `Messages wait in ${brokerName} and nobody reads: are the workers running, and can they connect?`,
      measure: {
        expression: "IF(consumers < 1, ready, 0)",
        label: "Messages without a consumer",
        metrics: { consumers: metric("ConsumerCount"), ready: metric("MessageReadyCount") },
      },
      statistic: "Maximum",
      threshold: 0,
      periods: 3,
    },
    cpu: {
      ...common,
      description: `${brokerName} is above 80 % busy: use a larger instance type`,
      measure: metric("SystemCpuUtilization"),
      statistic: "Average",
      threshold: 80,
      periods: 3,
    },
    silent: {
      ...common,
      description: `${brokerName} has reported nothing for a quarter of an hour: is it there?`,
      measure: metric("QueueCount"),
      statistic: "Minimum",
      comparison: "LessThanThreshold",
      threshold: 0,
      periods: 3,
      missing: "breaching",
    },
  };
}

function metricOf(brokerName: string) {
  return (metricName: string) => ({ metricName, dimensions: { Broker: brokerName } });
}
