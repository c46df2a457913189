/** A rule of Prometheus, as data: whoever runs Prometheus loads it. */
export interface SecretAlert {
  readonly name: string;
  /** PromQL. */
  readonly expression: string;
  /** How long it must hold, as Prometheus writes durations. */
  readonly for: string;
  readonly severity: "critical" | "warning";
  readonly summary: string;
}

/**
 * A scrape of the controller has its namespace in `namespace`, and so has a metric of a secret: the secret's is kept as
 * `exported_namespace`.
 */
const bySecret = "sum by (exported_namespace, name)";

/** Of `SecretsSync`. */
export const defaultRefreshInterval = "15m";

/**
 * What tells people that a value does not reach its service, where the cluster looks for new ones so often ("15m", "1h").
 * @see https://external-secrets.io/latest/api/metrics/
 */
export function secretAlertsFor(refreshInterval: string): readonly SecretAlert[] {
  // A sync may come late by as much as it takes to wait for the next: only two in a row that are missing are too many.
  const [interval, two] = [minutes(refreshInterval), 2 * minutes(refreshInterval)];
  return [
    {
      name: "SecretSyncFailed",
      expression: `${bySecret} (externalsecret_status_condition{condition="Ready",status="False"}) > 0`,
      for: "10m",
      severity: "critical",
      summary:
        "Secret {{ $labels.exported_namespace }}/{{ $labels.name }} cannot be read: not filled, refused or without a variable",
    },
    {
      name: "SecretSyncErrors",
      expression: `${bySecret} (increase(externalsecret_sync_calls_error[15m])) > 3`,
      for: "15m",
      severity: "warning",
      summary: "Syncs of {{ $labels.exported_namespace }}/{{ $labels.name }} fail again and again",
    },
    {
      name: "SecretSyncStale",
      // A sync counts whether it succeeded or not: the two alerts above tell which.
      expression: `${bySecret} (increase(externalsecret_sync_calls_total[${two}m])) == 0`,
      for: `${interval}m`,
      severity: "warning",
      summary: `Secret {{ $labels.exported_namespace }}/{{ $labels.name }} has not been looked at for ${two} minutes`,
    },
    {
      name: "SecretSyncAbsent",
      expression: "absent(externalsecret_sync_calls_total)",
      for: "15m",
      severity: "critical",
      summary: "External Secrets reports nothing: changed secrets reach no service",
    },
  ];
}

/** Those of the default interval. */
export const secretAlerts = secretAlertsFor(defaultRefreshInterval);

/** Of a duration as Go writes it, rounded up. */
function minutes(duration: string): number {
  const amount = Number.parseInt(duration, 10);
  if (duration.endsWith("h")) return amount * 60;
  return duration.endsWith("m") ? amount : Math.ceil(amount / 60);
}
