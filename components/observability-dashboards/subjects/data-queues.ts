import { cloudWatch } from "../../observability-rules";
import type { Rows } from "../layout";
import { graph } from "../panels";

const queue = "AWS/AmazonMQ";

export const broker: Rows = {
  title: "Broker",
  panels: [
    graph({
      title: "Messages that wait, by queue",
      unit: "short",
      width: 6,
      queries: [
        {
          expr: `max by (dimension_Queue) (${cloudWatch(queue, "MessageReadyCount")})`,
          legend: "{{dimension_Queue}}",
        },
      ],
    }),
    graph({
      title: "Messages that workers hold, by queue",
      unit: "short",
      width: 6,
      queries: [
        {
          expr: `max by (dimension_Queue) (${cloudWatch(queue, "MessageUnacknowledgedCount")})`,
          legend: "{{dimension_Queue}}",
        },
      ],
    }),
    graph({
      title: "Workers, and how busy the broker is",
      unit: "short",
      width: 6,
      queries: [
        { expr: `max(${cloudWatch(queue, "ConsumerCount")})`, legend: "workers" },
        { expr: `max(${cloudWatch(queue, "SystemCpuUtilization")})`, legend: "busy, in percent" },
      ],
    }),
    graph({
      title: "Memory used and disk left",
      unit: "bytes",
      width: 6,
      queries: [
        { expr: `max(${cloudWatch(queue, "RabbitMQMemUsed")})`, legend: "memory" },
        { expr: `min(${cloudWatch(queue, "RabbitMQDiskFree")})`, legend: "disk left" },
      ],
    }),
  ],
};

export const stream: Rows = {
  title: "Event stream",
  panels: [
    graph({
      title: "Partitions without all copies, or away",
      unit: "short",
      width: 8,
      queries: [
        {
          expr: `max(${cloudWatch("AWS/Kafka", "UnderReplicatedPartitions")})`,
          legend: "fewer copies",
        },
        { expr: `max(${cloudWatch("AWS/Kafka", "OfflinePartitionsCount")})`, legend: "away" },
        { expr: `max(${cloudWatch("AWS/Kafka", "ActiveControllerCount")})`, legend: "controllers" },
      ],
    }),
    graph({
      title: "Disk used",
      unit: "percent",
      max: 100,
      width: 8,
      queries: [
        {
          expr: `max by (dimension_Broker_ID) (${cloudWatch("AWS/Kafka", "KafkaDataLogsDiskUsed")})`,
          legend: "broker {{dimension_Broker_ID}}",
        },
      ],
    }),
    graph({
      title: "Busy",
      unit: "percent",
      max: 100,
      width: 8,
      queries: [
        {
          expr: `max by (dimension_Broker_ID) (${cloudWatch("AWS/Kafka", "CpuUser")})`,
          legend: "broker {{dimension_Broker_ID}}",
        },
      ],
    }),
  ],
};
