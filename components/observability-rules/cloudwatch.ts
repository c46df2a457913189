/**
 * What the CloudWatch exporter fetches for rules and dashboards, and the names that it gives. The exporter has to be told
 * each of them: what is not in this list costs nothing and gives nothing. Those of `Auterity/` are what the platform's own
 * functions measure.
 */
export const cloudWatchMetrics = [
  { namespace: "AWS/ApplicationELB", metric: "HealthyHostCount", statistic: "Minimum" },
  { namespace: "AWS/ApplicationELB", metric: "UnHealthyHostCount", statistic: "Maximum" },
  { namespace: "AWS/ApplicationELB", metric: "HTTPCode_ELB_5XX_Count", statistic: "Sum" },
  { namespace: "AWS/ApplicationELB", metric: "HTTPCode_Target_5XX_Count", statistic: "Sum" },
  { namespace: "AWS/ApplicationELB", metric: "RequestCount", statistic: "Sum" },
  { namespace: "AWS/ApplicationELB", metric: "TargetResponseTime", statistic: "Average" },
  { namespace: "AWS/WAFV2", metric: "BlockedRequests", statistic: "Sum" },
  { namespace: "AWS/CertificateManager", metric: "DaysToExpiry", statistic: "Minimum" },
  { namespace: "AWS/NATGateway", metric: "BytesOutToDestination", statistic: "Sum" },
  { namespace: "AWS/NATGateway", metric: "BytesInFromDestination", statistic: "Sum" },
  { namespace: "AWS/NATGateway", metric: "ErrorPortAllocation", statistic: "Sum" },
  { namespace: "AWS/RDS", metric: "CPUUtilization", statistic: "Average" },
  { namespace: "AWS/RDS", metric: "Deadlocks", statistic: "Average" },
  { namespace: "AWS/RDS", metric: "CommitLatency", statistic: "Average" },
  { namespace: "AWS/AmazonMQ", metric: "MessageReadyCount", statistic: "Maximum" },
  { namespace: "AWS/AmazonMQ", metric: "MessageUnacknowledgedCount", statistic: "Maximum" },
  { namespace: "AWS/ElastiCache", metric: "CurrConnections", statistic: "Maximum" },
  { namespace: "CloudWatchSynthetics", metric: "SuccessPercent", statistic: "Average" },
  { namespace: "CloudWatchSynthetics", metric: "Duration", statistic: "Average" },
  { namespace: "AWS/WAFV2", metric: "AllowedRequests", statistic: "Sum" },
  { namespace: "AWS/NATGateway", metric: "PacketsDropCount", statistic: "Sum" },
  { namespace: "AWS/RDS", metric: "DatabaseConnections", statistic: "Average" },
  { namespace: "AWS/RDS", metric: "FreeableMemory", statistic: "Average" },
  { namespace: "AWS/RDS", metric: "FreeLocalStorage", statistic: "Average" },
  { namespace: "AWS/RDS", metric: "AuroraReplicaLag", statistic: "Average" },
  { namespace: "AWS/RDS", metric: "ReadLatency", statistic: "Average" },
  { namespace: "AWS/RDS", metric: "WriteLatency", statistic: "Average" },
  { namespace: "AWS/ElastiCache", metric: "EngineCPUUtilization", statistic: "Average" },
  { namespace: "AWS/ElastiCache", metric: "DatabaseMemoryUsagePercentage", statistic: "Average" },
  { namespace: "AWS/ElastiCache", metric: "Evictions", statistic: "Sum" },
  { namespace: "AWS/ElastiCache", metric: "ReplicationLag", statistic: "Average" },
  { namespace: "AWS/AmazonMQ", metric: "ConsumerCount", statistic: "Average" },
  { namespace: "AWS/AmazonMQ", metric: "SystemCpuUtilization", statistic: "Average" },
  { namespace: "AWS/AmazonMQ", metric: "RabbitMQMemUsed", statistic: "Average" },
  { namespace: "AWS/AmazonMQ", metric: "RabbitMQDiskFree", statistic: "Average" },
  { namespace: "AWS/Kafka", metric: "UnderReplicatedPartitions", statistic: "Maximum" },
  { namespace: "AWS/Kafka", metric: "OfflinePartitionsCount", statistic: "Maximum" },
  { namespace: "AWS/Kafka", metric: "ActiveControllerCount", statistic: "Maximum" },
  { namespace: "AWS/Kafka", metric: "KafkaDataLogsDiskUsed", statistic: "Maximum" },
  { namespace: "AWS/Kafka", metric: "CpuUser", statistic: "Average" },
  { namespace: "AWS/ES", metric: "ClusterStatus.red", statistic: "Maximum" },
  { namespace: "AWS/ES", metric: "ClusterStatus.yellow", statistic: "Maximum" },
  { namespace: "AWS/ES", metric: "FreeStorageSpace", statistic: "Minimum" },
  { namespace: "AWS/ES", metric: "CPUUtilization", statistic: "Average" },
  { namespace: "AWS/ES", metric: "JVMMemoryPressure", statistic: "Maximum" },
  { namespace: "AWS/S3", metric: "ReplicationLatency", statistic: "Maximum" },
  { namespace: "AWS/S3", metric: "OperationsFailedReplication", statistic: "Sum" },
  { namespace: "AWS/Lambda", metric: "Errors", statistic: "Sum" },
  { namespace: "AWS/Lambda", metric: "Throttles", statistic: "Sum" },
  { namespace: "AWS/Backup", metric: "NumberOfBackupJobsCompleted", statistic: "Sum" },
  { namespace: "AWS/Backup", metric: "NumberOfBackupJobsFailed", statistic: "Sum" },
  { namespace: "AWS/Backup", metric: "NumberOfCopyJobsFailed", statistic: "Sum" },
  { namespace: "Auterity/Recovery", metric: "RestoresValidated", statistic: "Sum" },
  { namespace: "Auterity/Recovery", metric: "RestoresRefuted", statistic: "Sum" },
  { namespace: "Auterity/Recovery", metric: "MeasuredRpo", statistic: "Maximum" },
  { namespace: "Auterity/Recovery", metric: "MeasuredRto", statistic: "Maximum" },
  { namespace: "Auterity/Cost", metric: "WeekCost", statistic: "Maximum" },
  { namespace: "Auterity/Cost", metric: "MonthToDateCost", statistic: "Maximum" },
  { namespace: "Auterity/Cost", metric: "MonthForecast", statistic: "Maximum" },
  { namespace: "Auterity/Secrets", metric: "OverdueSecrets", statistic: "Maximum" },
  { namespace: "Auterity/Secrets", metric: "UnfilledSecrets", statistic: "Maximum" },
  { namespace: "Auterity/FlowLogs", metric: "UnexpectedConversations", statistic: "Maximum" },
  { namespace: "Auterity/EdgeProbe", metric: "ProbesRefused", statistic: "Minimum" },
  { namespace: "Auterity/EdgeProbe", metric: "ProbesPassed", statistic: "Maximum" },
] as const;

type CloudWatchMetric = (typeof cloudWatchMetrics)[number];

/** The series of a metric of the list. */
export function cloudWatch<N extends CloudWatchMetric["namespace"]>(
  namespace: N,
  metric: Extract<CloudWatchMetric, { namespace: N }>["metric"],
): string {
  const entry = cloudWatchMetrics.find(
    (candidate) => candidate.namespace === namespace && candidate.metric === metric,
  );
  if (entry === undefined) throw new Error(`${namespace} ${metric} is not fetched`);
  return exporterName(entry.namespace, entry.metric, entry.statistic);
}

/**
 * As the exporter 0.67 makes names: what a metric repeats of its namespace is left out.
 * @see https://github.com/prometheus-community/yet-another-cloudwatch-exporter/blob/v0.67.0/pkg/promutil/migrate.go BuildMetricName
 */
export function exporterName(namespace: string, metric: string, statistic: string): string {
  const space = snakeCase(namespace.toLowerCase());
  const name = snakeCase(metric);
  let skip = 0;
  for (const part of space.split("_")) if (name.slice(skip).startsWith(part)) skip = part.length;
  const rest = name.slice(skip).replace(/^_/, "");
  // The prefix comes after the comparison: "aws" is no part of a namespace of one's own.
  const prefix = space.startsWith("aws") ? "" : "aws_";
  return `${prefix}${space}_${rest}_${snakeCase(statistic)}`;
}

/** @see https://github.com/prometheus-community/yet-another-cloudwatch-exporter/blob/v0.67.0/pkg/promutil/prometheus.go PromString */
function snakeCase(text: string): string {
  let result = "";
  let before = "";
  for (const letter of text) {
    if (/[ ,\t/\\.:=@<>()-]/.test(letter)) result += "_";
    else if (letter === "%") result += "_percent";
    else
      result += (/[A-Z]/.test(letter) && /[a-z0-9]/.test(before) ? "_" : "") + letter.toLowerCase();
    before = letter;
  }
  return result;
}
