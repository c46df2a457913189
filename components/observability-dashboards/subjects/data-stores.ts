import { cloudWatch } from "../../observability-rules";
import type { ServiceRecord, Store } from "../../shared/service-record";
import { layOut, type Rows } from "../layout";
import { graph } from "../panels";
import type { PlannedDashboard } from "../planned";
import { broker, stream } from "./data-queues";
import type { Subject } from "./subject";

/** The stores that services name: how busy, how full, how far behind. */
export function storesDashboard({ records }: Subject): PlannedDashboard {
  const used = (store: Store): boolean =>
    records.some(({ talksTo }: ServiceRecord) => talksTo.stores.includes(store));
  return layOut({
    uid: "data-stores",
    title: "Data stores",
    about:
      "Database, cache, broker, event stream, buckets and the store of traces, as AWS measures them.",
    folder: "Platform",
    tags: ["stores"],
    from: "now-24h",
    rows: [
      ...(used("postgresql") ? [database] : []),
      ...(used("redis") ? [cache] : []),
      ...(used("rabbitmq") ? [broker] : []),
      ...(used("kafka") ? [stream] : []),
      traceStore,
      buckets,
    ],
  });
}

const instance = '{dimension_DBInstanceIdentifier!=""}';

function byInstance(metric: Parameters<typeof cloudWatch<"AWS/RDS">>[1]) {
  return [
    {
      expr: `max by (dimension_DBInstanceIdentifier) (${cloudWatch("AWS/RDS", metric)}${instance})`,
      legend: "{{dimension_DBInstanceIdentifier}}",
    },
  ];
}

const database: Rows = {
  title: "Database",
  panels: [
    graph({
      title: "Busy",
      unit: "percent",
      max: 100,
      width: 6,
      queries: byInstance("CPUUtilization"),
    }),
    graph({
      title: "Connections",
      unit: "short",
      width: 6,
      queries: byInstance("DatabaseConnections"),
    }),
    graph({
      title: "Time of a commit",
      unit: "ms",
      width: 6,
      queries: byInstance("CommitLatency"),
    }),
    graph({
      title: "Transactions that lock each other out, a second",
      unit: "short",
      width: 6,
      queries: byInstance("Deadlocks"),
    }),
    graph({ title: "Memory left", unit: "bytes", width: 6, queries: byInstance("FreeableMemory") }),
    graph({
      title: "Room for sorting left",
      unit: "bytes",
      width: 6,
      queries: byInstance("FreeLocalStorage"),
    }),
    graph({
      title: "How far readers are behind the writer",
      unit: "ms",
      width: 6,
      queries: byInstance("AuroraReplicaLag"),
    }),
    graph({
      title: "Time of reads and writes",
      unit: "s",
      width: 6,
      queries: [
        { expr: `max(${cloudWatch("AWS/RDS", "ReadLatency")}${instance})`, legend: "read" },
        { expr: `max(${cloudWatch("AWS/RDS", "WriteLatency")}${instance})`, legend: "write" },
      ],
    }),
  ],
};

function byCache(metric: Parameters<typeof cloudWatch<"AWS/ElastiCache">>[1]) {
  return [
    {
      expr: `max by (dimension_CacheClusterId) (${cloudWatch("AWS/ElastiCache", metric)})`,
      legend: "{{dimension_CacheClusterId}}",
    },
  ];
}

const cache: Rows = {
  title: "Cache",
  panels: [
    graph({
      title: "Busy",
      unit: "percent",
      max: 100,
      width: 6,
      queries: byCache("EngineCPUUtilization"),
    }),
    graph({
      title: "Full",
      unit: "percent",
      max: 100,
      width: 6,
      queries: byCache("DatabaseMemoryUsagePercentage"),
    }),
    graph({
      title: "Connections",
      about: "It takes 65,000.",
      unit: "short",
      width: 6,
      queries: byCache("CurrConnections"),
    }),
    graph({
      title: "Thrown out, and seconds that copies are behind",
      unit: "short",
      width: 6,
      queries: [
        { expr: `sum(${cloudWatch("AWS/ElastiCache", "Evictions")})`, legend: "thrown out" },
        { expr: `max(${cloudWatch("AWS/ElastiCache", "ReplicationLag")})`, legend: "behind" },
      ],
    }),
  ],
};

const traceStore: Rows = {
  title: "Store of traces",
  panels: [
    graph({
      title: "Red or yellow",
      about: "Red: traces are missing; yellow: copies are.",
      unit: "short",
      width: 6,
      queries: [
        { expr: `max(${cloudWatch("AWS/ES", "ClusterStatus.red")})`, legend: "red" },
        { expr: `max(${cloudWatch("AWS/ES", "ClusterStatus.yellow")})`, legend: "yellow" },
      ],
    }),
    graph({
      title: "Disk left on the fullest node",
      // CloudWatch gives MiB.
      unit: "mbytes",
      width: 6,
      queries: [{ expr: `min(${cloudWatch("AWS/ES", "FreeStorageSpace")})`, legend: "left" }],
    }),
    graph({
      title: "Busy",
      unit: "percent",
      max: 100,
      width: 6,
      queries: [{ expr: `max(${cloudWatch("AWS/ES", "CPUUtilization")})`, legend: "busiest" }],
    }),
    graph({
      title: "Memory pressure",
      unit: "percent",
      max: 100,
      width: 6,
      queries: [{ expr: `max(${cloudWatch("AWS/ES", "JVMMemoryPressure")})`, legend: "highest" }],
    }),
  ],
};

const buckets: Rows = {
  title: "Buckets and functions",
  panels: [
    graph({
      title: "How long copies in the other region take",
      unit: "s",
      width: 8,
      queries: [
        {
          expr: `max by (dimension_SourceBucket) (${cloudWatch("AWS/S3", "ReplicationLatency")})`,
          legend: "{{dimension_SourceBucket}}",
        },
      ],
    }),
    graph({
      title: "Copies that failed, in five minutes",
      unit: "short",
      width: 8,
      queries: [
        {
          expr: `sum by (dimension_SourceBucket) (${cloudWatch("AWS/S3", "OperationsFailedReplication")})`,
          legend: "{{dimension_SourceBucket}}",
        },
      ],
    }),
    graph({
      title: "Functions that failed or were held back, in five minutes",
      unit: "short",
      width: 8,
      queries: [
        {
          expr: `sum by (dimension_FunctionName) (${cloudWatch("AWS/Lambda", "Errors")}) > 0`,
          legend: "{{dimension_FunctionName}} failed",
        },
        {
          expr: `sum by (dimension_FunctionName) (${cloudWatch("AWS/Lambda", "Throttles")}) > 0`,
          legend: "{{dimension_FunctionName}} held back",
        },
      ],
    }),
  ],
};
