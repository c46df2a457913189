import * as aws from "@pulumi/aws";
import { defaultRpoSeconds, type GlobalSecondary } from "./args";
import { defaultConnections, instanceClass } from "./instance-classes";
import type { RegionScope } from "./scope";

const minuteSeconds = 60;
const mebibyte = 1024 ** 2;

interface Limit {
  readonly role: string;
  readonly metric: string;
  readonly statistic: "Maximum" | "Minimum";
  readonly comparison: "GreaterThanThreshold" | "LessThanThreshold";
  readonly threshold: number;
  /** Minutes in a row. */
  readonly minutes: number;
  readonly description: string;
}

/** What a person has to act on before users notice; over all instances, so that each comes once. */
function limits(memoryGiB: number): Limit[] {
  return [
    {
      role: "replica-lag",
      metric: "AuroraReplicaLagMaximum",
      statistic: "Maximum",
      comparison: "GreaterThanThreshold",
      // Usually 20 ms; readers restart when it reaches 60 s.
      threshold: 2000,
      minutes: 5,
      description: "readers are more than 2 s behind the writer",
    },
    {
      role: "local-storage",
      metric: "FreeLocalStorage",
      statistic: "Minimum",
      comparison: "LessThanThreshold",
      threshold: 2048 * mebibyte,
      minutes: 5,
      description: "an instance has less than 2 GiB for sorts and temporary tables",
    },
    {
      role: "memory",
      metric: "FreeableMemory",
      statistic: "Minimum",
      comparison: "LessThanThreshold",
      threshold: Math.round(memoryGiB * 1024 * 0.05) * mebibyte,
      minutes: 15,
      description: "an instance has less than 5 % of its memory left",
    },
    {
      role: "connections",
      metric: "DatabaseConnections",
      statistic: "Maximum",
      comparison: "GreaterThanThreshold",
      threshold: Math.floor(defaultConnections(memoryGiB) * 0.8),
      minutes: 5,
      description: "an instance has 80 % of the connections that it takes",
    },
  ];
}

export function createAlarms({ clusterName, region, spec, owned }: RegionScope): void {
  const memoryGiB = instanceClass(spec.instanceClass)?.memoryGiB ?? 0;
  const wanted = limits(memoryGiB).filter(
    ({ role }) => role !== "replica-lag" || spec.availability === "multi-zone",
  );
  for (const limit of wanted)
    new aws.cloudwatch.MetricAlarm(
      `${clusterName}-${limit.role}`,
      {
        region,
        alarmDescription: `Database ${clusterName}: ${limit.description} (docs/database.md)`,
        namespace: "AWS/RDS",
        metricName: limit.metric,
        dimensions: { DBClusterIdentifier: clusterName },
        statistic: limit.statistic,
        period: minuteSeconds,
        evaluationPeriods: limit.minutes,
        datapointsToAlarm: limit.minutes,
        comparisonOperator: limit.comparison,
        threshold: limit.threshold,
        // No measurement is no instance: RDS itself tells of that.
        treatMissingData: "notBreaching",
        alarmActions: [spec.alarmTopicArn],
        okActions: [spec.alarmTopicArn],
        tags: spec.tags,
      },
      owned,
    );
}

/** Ten times the lag that is usual, for five minutes: something is wrong, and nothing is lost yet. @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html */
const unusualLagSeconds = 10;

/**
 * How far the copy is behind, which is measured in its own region alone. Without a measurement nobody knows what a loss would
 * cost, so that counts as too much; it also does once the copy has become the writer and nothing follows it.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 */
export function createGlobalLagAlarms(
  scope: RegionScope,
  { primaryRegion, rpoSeconds = defaultRpoSeconds }: GlobalSecondary,
): void {
  const { clusterName, region, spec, owned } = scope;
  const common = {
    region,
    namespace: "AWS/RDS",
    dimensions: { DBClusterIdentifier: clusterName, SourceRegion: primaryRegion },
    statistic: "Maximum",
    period: minuteSeconds,
    evaluationPeriods: 5,
    datapointsToAlarm: 5,
    comparisonOperator: "GreaterThanThreshold",
    alarmActions: [spec.alarmTopicArn],
    okActions: [spec.alarmTopicArn],
    tags: spec.tags,
  };
  new aws.cloudwatch.MetricAlarm(
    `${clusterName}-global-lag`,
    {
      ...common,
      alarmDescription: `Database ${clusterName}: more than ${unusualLagSeconds} s behind ${primaryRegion} (docs/database.md)`,
      metricName: "AuroraGlobalDBReplicationLag",
      threshold: unusualLagSeconds * 1000,
      treatMissingData: "notBreaching",
    },
    owned,
  );
  new aws.cloudwatch.MetricAlarm(
    `${clusterName}-global-rpo`,
    {
      ...common,
      alarmDescription: `Database ${clusterName}: more than ${rpoSeconds} s would be lost with ${primaryRegion}, or nobody knows (docs/database.md)`,
      metricName: "AuroraGlobalDBRPOLag",
      threshold: rpoSeconds * 1000,
      treatMissingData: "breaching",
    },
    owned,
  );
}

/** What RDS tells by itself: failovers, failures, work that is due. */
export function createEventSubscriptions(
  { clusterName, region, spec, owned }: RegionScope,
  cluster: aws.rds.Cluster,
  instances: readonly aws.rds.ClusterInstance[],
): void {
  const common = { region, snsTopic: spec.alarmTopicArn, tags: spec.tags };
  new aws.rds.EventSubscription(
    `${clusterName}-cluster`,
    {
      ...common,
      sourceType: "db-cluster",
      sourceIds: [cluster.id],
      // Of a global database all of them: a switch of regions has a category of its own.
      ...(spec.globalDatabase === undefined && {
        eventCategories: ["failover", "failure", "maintenance", "notification"],
      }),
    },
    owned,
  );
  // No instance is no list of them, which would mean every instance of the account.
  if (instances.length === 0) return;
  new aws.rds.EventSubscription(
    `${clusterName}-instances`,
    {
      ...common,
      sourceType: "db-instance",
      sourceIds: instances.map((instance) => instance.identifier),
      eventCategories: ["availability", "failure", "low storage", "maintenance", "recovery"],
    },
    owned,
  );
}
