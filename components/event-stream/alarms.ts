import type { StoreAlarm } from "../shared/store-alarms";
import { type EventStreamSpec, zones } from "./args";

const fiveMinutes = 300;

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html */
export function eventStreamAlarms({
  clusterName,
  brokersPerZone,
}: Pick<EventStreamSpec, "clusterName" | "brokersPerZone">): Record<string, StoreAlarm> {
  const ofCluster = { "Cluster Name": clusterName };
  const common = { comparison: "GreaterThanThreshold", periodSeconds: fiveMinutes } as const;
  const brokers = Array.from({ length: zones * brokersPerZone }, (_, index) => `${index + 1}`);
  return {
    controller: {
      ...common,
      description: `Not exactly one controller of ${clusterName}: nobody decides who leads a partition`,
      measure: { metricName: "ActiveControllerCount", dimensions: ofCluster },
      statistic: "Maximum",
      comparison: "LessThanThreshold",
      threshold: 1,
      periods: 3,
      missing: "breaching",
    },
    offline: {
      ...common,
      description: `Partitions of ${clusterName} have no leader: they take and give no record`,
      measure: { metricName: "OfflinePartitionsCount", dimensions: ofCluster },
      statistic: "Maximum",
      threshold: 0,
      periods: 1,
      missing: "notBreaching",
    },
    ...Object.fromEntries(brokers.flatMap((broker) => brokerAlarms(clusterName, broker))),
  };
}

function brokerAlarms(clusterName: string, broker: string): [string, StoreAlarm][] {
  const dimensions = { "Cluster Name": clusterName, "Broker ID": broker };
  const common = {
    comparison: "GreaterThanThreshold",
    periodSeconds: fiveMinutes,
    missing: "notBreaching",
  } as const;
  return [
    [
      `broker-${broker}-copies`,
      {
        ...common,
        description: `Partitions that broker ${broker} of ${clusterName} leads have fewer copies than they should: with one less, writes are refused`,
        measure: { metricName: "UnderReplicatedPartitions", dimensions },
        statistic: "Maximum",
        threshold: 0,
        // A broker that is patched is away for minutes.
        periods: 6,
      },
    ],
    [
      `broker-${broker}-disk`,
      {
        ...common,
        description: `The disk of broker ${broker} of ${clusterName} is above 85 %: it has grown as far as it may; raise storageGiB.most or keep records for less time`,
        measure: { metricName: "KafkaDataLogsDiskUsed", dimensions },
        statistic: "Maximum",
        threshold: 85,
        periods: 2,
      },
    ],
    [
      `broker-${broker}-cpu`,
      {
        ...common,
        description: `Broker ${broker} of ${clusterName} is above 60 % busy, which leaves too little for the loss of another: use a larger type or more brokers`,
        measure: {
          expression: "user + system",
          label: "Processor time, percent",
          metrics: {
            user: { metricName: "CpuUser", dimensions },
            system: { metricName: "CpuSystem", dimensions },
          },
        },
        statistic: "Average",
        threshold: 60,
        periods: 3,
      },
    ],
  ];
}
