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

/** What tells people that a value does not reach its service. @see https://external-secrets.io/latest/api/metrics/ */
export const secretAlerts: readonly SecretAlert[] = [
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
    // Twice the default interval. A sync counts whether it succeeded or not: the two alerts above tell which.
    expression: `${bySecret} (increase(externalsecret_sync_calls_total[30m])) == 0`,
    for: "15m",
    severity: "warning",
    summary:
      "Secret {{ $labels.exported_namespace }}/{{ $labels.name }} has not been looked at for half an hour",
  },
  {
    name: "SecretSyncAbsent",
    expression: "absent(externalsecret_sync_calls_total)",
    for: "15m",
    severity: "critical",
    summary: "External Secrets reports nothing: changed secrets reach no service",
  },
];
