export const metricNamespace = "Auterity/FlowLogs";

/** What one look found. */
export interface Look {
  readonly environment: string;
  /** Records of the day: none means that nobody is logging. */
  readonly records: number;
  /** Conversations that the catalogue does not allow, largest first, by name of the column. */
  readonly findings: readonly Readonly<Record<string, string>>[];
}

/** A log line has at most 256 KiB; the others are a query away. */
const mostFindings = 100;

/**
 * The counts as a line from which CloudWatch takes metrics, with the findings beside them.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricLine({ environment, records, findings }: Look, now: Date): string {
  return JSON.stringify({
    _aws: {
      Timestamp: now.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: metricNamespace,
          Dimensions: [["Environment"]],
          Metrics: [
            { Name: "UnexpectedConversations", Unit: "Count" },
            { Name: "FlowLogRecords", Unit: "Count" },
          ],
        },
      ],
    },
    Environment: environment,
    UnexpectedConversations: findings.length,
    FlowLogRecords: records,
    findings: findings.slice(0, mostFindings),
  });
}
