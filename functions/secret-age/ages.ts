import type { OutsideSecret } from "./outside-secrets";

const metricNamespace = "Auterity/Secrets";
const dayMilliseconds = 86_400_000;

interface Ages {
  readonly environment: string;
  readonly secrets: readonly OutsideSecret[];
}

/**
 * A line for every secret that is filled, and one that counts: those that are overdue and those that nobody has filled, which
 * are not old.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function ageLines({ environment, secrets }: Ages, now: Date): string[] {
  const aged = secrets.map((secret) => ({ ...secret, age: ageInDays(secret, now) }));
  const overdue = aged.filter(({ age, rotationDays }) => age !== undefined && age >= rotationDays);
  const unfilled = aged.filter(({ age }) => age === undefined);
  const lines = aged.flatMap(({ name, age }) =>
    age === undefined
      ? []
      : [
          metricLine(now, {
            dimensions: { Environment: environment, Secret: name },
            metrics: { SecretAgeDays: age },
          }),
        ],
  );
  const names = (some: typeof aged) => some.map(({ name }) => name);
  return [
    ...lines,
    metricLine(now, {
      dimensions: { Environment: environment },
      metrics: { OverdueSecrets: overdue.length, UnfilledSecrets: unfilled.length },
      details: { overdue: names(overdue), unfilled: names(unfilled) },
    }),
  ];
}

function ageInDays({ filledAt }: OutsideSecret, now: Date): number | undefined {
  if (filledAt === undefined) return undefined;
  return Math.floor((now.getTime() - filledAt.getTime()) / dayMilliseconds);
}

interface Line {
  readonly dimensions: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, number>>;
  /** For people who read the log. */
  readonly details?: Readonly<Record<string, readonly string[]>>;
}

function metricLine(now: Date, { dimensions, metrics, details }: Line): string {
  return JSON.stringify({
    _aws: {
      Timestamp: now.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: metricNamespace,
          Dimensions: [Object.keys(dimensions)],
          Metrics: Object.keys(metrics).map((Name) => ({
            Name,
            Unit: Name === "SecretAgeDays" ? "None" : "Count",
          })),
        },
      ],
    },
    ...dimensions,
    ...metrics,
    ...details,
  });
}
