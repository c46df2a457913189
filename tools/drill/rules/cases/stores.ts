import { type AlertCase, steady, values } from "../case";

const instance = { dimension_DBInstanceIdentifier: "auterity-prod-1" };
const rds = 'dimension_DBInstanceIdentifier="auterity-prod-1"';

/** The stores, as CloudWatch sees them. */
export const storeCases: readonly AlertCase[] = [
  {
    alert: "DatabaseCpuHigh",
    series: { [`aws_rds_cpuutilization_average{${rds}}`]: steady(93) },
    silentAt: "14m",
    firesAt: "15m",
    told: ["warning", "platform"],
    labels: instance,
    summary: "auterity-prod-1 has been 93 % busy for a quarter of an hour",
  },
  {
    alert: "DatabaseCommitsSlow",
    series: { [`aws_rds_commit_latency_average{${rds}}`]: steady(80) },
    silentAt: "9m",
    firesAt: "10m",
    told: ["warning", "platform"],
    labels: instance,
    summary: "A commit takes 80 ms on auterity-prod-1: everything that writes waits",
  },
  {
    alert: "DatabaseDeadlocks",
    series: { [`aws_rds_deadlocks_average{${rds}}`]: steady(0.05) },
    silentAt: "9m",
    firesAt: "10m",
    told: ["warning", "platform"],
    labels: instance,
    summary: "Transactions on auterity-prod-1 lock each other out again and again",
  },
  {
    alert: "QueueBacklog",
    series: {
      'aws_amazonmq_message_ready_count_maximum{dimension_Broker="auterity"}': steady(1500),
    },
    silentAt: "14m",
    firesAt: "15m",
    told: ["warning", "platform"],
    labels: {},
    summary: "1500 messages have waited in the broker for a quarter of an hour",
  },
  {
    alert: "QueueUnacknowledged",
    series: {
      'aws_amazonmq_message_unacknowledged_count_maximum{dimension_Broker="auterity"}': steady(600),
    },
    silentAt: "29m",
    firesAt: "30m",
    told: ["warning", "platform"],
    labels: {},
    summary:
      "Workers have held 600 messages for half an hour without an end: tasks hang, or take more than they can do",
  },
  {
    alert: "CacheConnectionsHigh",
    series: {
      'aws_elasticache_curr_connections_maximum{dimension_CacheClusterId="auterity-001"}':
        steady(12_000),
    },
    silentAt: "9m",
    firesAt: "10m",
    told: ["warning", "platform"],
    labels: { dimension_CacheClusterId: "auterity-001" },
    summary:
      "auterity-001 holds 12000 connections; it takes 65,000, and a client that does not close them gets there",
  },
];

/** Where Karpenter starts the nodes. */
export const karpenterCases: readonly AlertCase[] = [
  {
    alert: "NodeLaunchFailing",
    series: {
      'karpenter_cloudprovider_errors_total{controller="nodeclaim.lifecycle",method="Create",error="InsufficientCapacityError"}':
        values([10, 0], [2, 3], [60, 6]),
    },
    silentAt: "11m",
    firesAt: "12m",
    told: ["warning", "platform"],
    labels: { error: "InsufficientCapacityError" },
    summary: "Nodes cannot be started or ended (InsufficientCapacityError)",
  },
  {
    alert: "NodePoolNearLimit",
    series: {
      'karpenter_nodepools_usage{nodepool="general",resource_type="cpu"}': steady(38),
      'karpenter_nodepools_limit{nodepool="general",resource_type="cpu"}': steady(40),
    },
    silentAt: "14m",
    firesAt: "15m",
    told: ["warning", "platform"],
    labels: { nodepool: "general", resource_type: "cpu" },
    summary: "Pool general has used 95% of its cpu",
  },
  {
    alert: "SpotInterruptionBurst",
    series: {
      'karpenter_interruption_received_messages_total{message_type="spot_interrupted"}': values(
        [10, 0],
        [60, 8],
      ),
    },
    silentAt: "9m",
    firesAt: "10m",
    told: ["info", "platform"],
    labels: {},
    summary: "AWS has announced the end of 8 Spot nodes within ten minutes",
  },
];
