import { cloudWatch } from "../cloudwatch";
import type { RuleGroup } from "../rule";
import { platformTeam } from "./context";

/** What the stores' own alarms in CloudWatch do not say: those stand beside each store in its component. */
export const storeAlerts: RuleGroup = {
  name: "stores",
  rules: [
    {
      name: "DatabaseCpuHigh",
      expression: `max by (dimension_DBInstanceIdentifier) (${cloudWatch("AWS/RDS", "CPUUtilization")}) > 85`,
      for: "15m",
      severity: "warning",
      team: platformTeam,
      summary:
        "{{ $labels.dimension_DBInstanceIdentifier }} has been {{ $value | humanize }} % busy for a quarter of an hour",
      runbook: "database",
    },
    {
      name: "DatabaseCommitsSlow",
      // Milliseconds.
      expression: `max by (dimension_DBInstanceIdentifier) (${cloudWatch("AWS/RDS", "CommitLatency")}) > 50`,
      for: "10m",
      severity: "warning",
      team: platformTeam,
      summary:
        "A commit takes {{ $value | humanize }} ms on {{ $labels.dimension_DBInstanceIdentifier }}: everything that writes waits",
      runbook: "database",
    },
    {
      name: "DatabaseDeadlocks",
      expression: `max by (dimension_DBInstanceIdentifier) (${cloudWatch("AWS/RDS", "Deadlocks")}) > 0.02`,
      for: "10m",
      severity: "warning",
      team: platformTeam,
      summary:
        "Transactions on {{ $labels.dimension_DBInstanceIdentifier }} lock each other out again and again",
      runbook: "database",
    },
    {
      name: "QueueBacklog",
      expression: `sum(${cloudWatch("AWS/AmazonMQ", "MessageReadyCount")}) > 1000`,
      for: "15m",
      severity: "warning",
      team: platformTeam,
      summary: "{{ $value }} messages have waited in the broker for a quarter of an hour",
      runbook: "queue",
    },
    {
      name: "QueueUnacknowledged",
      expression: `sum(${cloudWatch("AWS/AmazonMQ", "MessageUnacknowledgedCount")}) > 500`,
      for: "30m",
      severity: "warning",
      team: platformTeam,
      summary:
        "Workers have held {{ $value }} messages for half an hour without an end: tasks hang, or take more than they can do",
      runbook: "queue",
    },
    {
      name: "CacheConnectionsHigh",
      expression: `max by (dimension_CacheClusterId) (${cloudWatch("AWS/ElastiCache", "CurrConnections")}) > 10000`,
      for: "10m",
      severity: "warning",
      team: platformTeam,
      summary:
        "{{ $labels.dimension_CacheClusterId }} holds {{ $value }} connections; it takes 65,000, and a client that does not close them gets there",
      runbook: "cache",
    },
  ],
};
