import { allHold, type Finding, lostSeconds } from "./checks";

const metricNamespace = "Auterity/Recovery";

export interface Report {
  readonly environment: string;
  /** As AWS Backup calls it: "Aurora", "S3". */
  readonly resourceType: string;
  readonly findings: readonly Finding[];
  /** Of the restore, which is when a real one would have begun. */
  readonly startedAt: Date;
  readonly validatedAt: Date;
}

/** Longest message that AWS Backup takes. @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_PutRestoreValidationResult.html */
const longestMessage = 1000;

/** What is kept with the restore job: whether it holds, what was measured, and which checks failed. */
export function validationMessage(report: Report): string {
  const { findings } = report;
  const failed = findings.filter(({ holds }) => !holds);
  const { rpo, rto } = objectives(report);
  const parts = [
    `${findings.length - failed.length} of ${findings.length} checks hold`,
    ...(rpo === undefined ? [] : [`RPO ${rpo.toFixed(0)} s`]),
    `RTO ${rto.toFixed(0)} s`,
    ...failed.map(({ check, seen }) => `${check}: ${seen}`),
  ];
  return parts.join("; ").slice(0, longestMessage);
}

/** In seconds. */
function objectives({ findings, startedAt, validatedAt }: Report): {
  readonly rpo: number | undefined;
  readonly rto: number;
} {
  return {
    rpo: lostSeconds(findings),
    rto: (validatedAt.getTime() - startedAt.getTime()) / 1000,
  };
}

/**
 * A line from which CloudWatch takes metrics, with each finding beside them.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricLine(report: Report): string {
  const { rpo, rto } = objectives(report);
  const succeeded = allHold(report.findings);
  const metrics = {
    RestoresValidated: { value: succeeded ? 1 : 0, unit: "Count" },
    RestoresRefuted: { value: succeeded ? 0 : 1, unit: "Count" },
    MeasuredRpo: { value: rpo, unit: "Seconds" },
    MeasuredRto: { value: rto, unit: "Seconds" },
  };
  const known = Object.entries(metrics).filter(([, { value }]) => value !== undefined);
  return JSON.stringify({
    _aws: {
      Timestamp: report.validatedAt.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: metricNamespace,
          Dimensions: [["Environment", "ResourceType"]],
          Metrics: known.map(([Name, { unit }]) => ({ Name, Unit: unit })),
        },
      ],
    },
    Environment: report.environment,
    ResourceType: report.resourceType,
    ...Object.fromEntries(known.map(([name, { value }]) => [name, value])),
    findings: report.findings,
  });
}
