import type { StoreAlarm } from "../shared/store-alarms";
import type { MultiAzCacheSpec } from "./args";

const fiveMinutes = 300;

/**
 * For every node, as each may become the one that takes writes. Nodes are numbered from 001 on.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html
 */
export function cacheAlarms({
  cacheName,
  nodes,
}: Pick<MultiAzCacheSpec, "cacheName" | "nodes">): Record<string, StoreAlarm> {
  const ids = Array.from(
    { length: nodes },
    (_, index) => `${cacheName}-${`${index + 1}`.padStart(3, "0")}`,
  );
  return Object.fromEntries(
    ids.flatMap((id) => [...loadAlarms(id), ...(nodes > 1 ? [lagAlarm(id)] : [])]),
  );
}

type Named = readonly [string, StoreAlarm];

const common = {
  comparison: "GreaterThanThreshold",
  periodSeconds: fiveMinutes,
  missing: "notBreaching",
} as const;

function loadAlarms(node: string): Named[] {
  return [
    [
      `${numberOf(node)}-memory`,
      {
        ...common,
        description: `Memory of ${node} is above 80 %: it will evict keys soon; use a larger node type, or keep keys for less time`,
        measure: measureOf(node, "DatabaseMemoryUsagePercentage"),
        statistic: "Maximum",
        threshold: 80,
        periods: 3,
      },
    ],
    [
      `${numberOf(node)}-evictions`,
      {
        ...common,
        description: `${node} evicts keys to make room: results of jobs and sessions may be among them; use a larger node type`,
        measure: measureOf(node, "Evictions"),
        statistic: "Sum",
        threshold: 0,
        periods: 2,
      },
    ],
    [
      `${numberOf(node)}-cpu`,
      {
        ...common,
        description: `The one thread of ${node} that runs commands is above 80 % busy: look for slow commands in its log`,
        measure: measureOf(node, "EngineCPUUtilization"),
        statistic: "Average",
        threshold: 80,
        periods: 3,
      },
    ],
  ];
}

function lagAlarm(node: string): Named {
  return [
    `${numberOf(node)}-lag`,
    {
      ...common,
      description: `${node} is more than ten seconds behind the node that takes writes: a failover to it would lose them`,
      measure: measureOf(node, "ReplicationLag"),
      statistic: "Maximum",
      threshold: 10,
      periods: 3,
    },
  ];
}

function numberOf(node: string): string {
  return node.slice(-3);
}

function measureOf(node: string, metricName: string) {
  return { metricName, dimensions: { CacheClusterId: node } };
}
