/**
 * What the CloudWatch exporter fetches for the rules, and the names that it gives. The exporter has to be told each of
 * them: what is not in this list costs nothing and gives nothing.
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
  { namespace: "AWS/NATGateway", metric: "ErrorPortAllocation", statistic: "Sum" },
  { namespace: "AWS/RDS", metric: "CPUUtilization", statistic: "Average" },
  { namespace: "AWS/RDS", metric: "Deadlocks", statistic: "Average" },
  { namespace: "AWS/RDS", metric: "CommitLatency", statistic: "Average" },
  { namespace: "AWS/AmazonMQ", metric: "MessageReadyCount", statistic: "Maximum" },
  { namespace: "AWS/AmazonMQ", metric: "MessageUnacknowledgedCount", statistic: "Maximum" },
  { namespace: "AWS/ElastiCache", metric: "CurrConnections", statistic: "Maximum" },
  { namespace: "CloudWatchSynthetics", metric: "SuccessPercent", statistic: "Average" },
  { namespace: "CloudWatchSynthetics", metric: "Duration", statistic: "Average" },
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
  return `${space.startsWith("aws") ? "" : "aws_"}${space}_${rest}_${snakeCase(statistic)}`;
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
