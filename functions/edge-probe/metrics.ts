import type { Finding, Outcome } from "./findings";

const metricNamespace = "Auterity/EdgeProbe";

const metrics = {
  refused: "ProbesRefused",
  passed: "ProbesPassed",
  inconclusive: "ProbesInconclusive",
} as const satisfies Record<Outcome, string>;

interface Subject {
  readonly environment: string;
  readonly host: string;
  readonly findings: readonly Finding[];
}

/**
 * The counts of one host as a line from which CloudWatch takes metrics, with each finding beside them.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricLine({ environment, host, findings }: Subject, now: Date): string {
  const counts = Object.entries(metrics).map(([outcome, metric]): [string, number] => [
    metric,
    findings.filter((finding) => finding.outcome === outcome).length,
  ]);
  return JSON.stringify({
    _aws: {
      Timestamp: now.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: metricNamespace,
          Dimensions: [["Environment", "Host"]],
          Metrics: counts.map(([Name]) => ({ Name, Unit: "Count" })),
        },
      ],
    },
    Environment: environment,
    Host: host,
    ...Object.fromEntries(counts),
    findings,
  });
}
