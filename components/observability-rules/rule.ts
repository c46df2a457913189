/** Who is told: critical wakes somebody, warning becomes a ticket, info stands on a dashboard. */
export const severities = ["critical", "warning", "info"] as const;
export type Severity = (typeof severities)[number];

/** An alert of ours, as data. */
export interface AlertRule {
  readonly name: string;
  /** PromQL; what it gives is what is wrong. */
  readonly expression: string;
  readonly severity: Severity;
  /** Who looks after it; a team of the catalogue, or of the platform. */
  readonly team: string;
  /** One sentence in the reader's words; it may use Prometheus's templates. */
  readonly summary: string;
  /** Page below docs/runbooks, without its ending. */
  readonly runbook: string;
  /** Uid of the dashboard that shows what it is about. Default: that of its service or subject, where there is one. */
  readonly dashboard?: string;
  /** How long the expression must hold, as Prometheus writes durations. */
  readonly for?: string;
  /** Instead of `for`: why it need not hold for a while. */
  readonly immediate?: string;
  /** Beside severity and team. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A series that Prometheus computes and keeps. */
export interface RecordingRule {
  readonly record: string;
  readonly expression: string;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface RuleGroup {
  /** A DNS label; names the group and its file. */
  readonly name: string;
  /** Between two evaluations. Default: Prometheus's own, 30 s. */
  readonly interval?: string;
  readonly rules: readonly (AlertRule | RecordingRule)[];
}

export function isAlert(rule: AlertRule | RecordingRule): rule is AlertRule {
  return "severity" in rule;
}

/** A group as Prometheus reads it. */
export interface PrometheusGroup {
  readonly name: string;
  readonly interval?: string;
  readonly rules: readonly PrometheusRule[];
}

export interface PrometheusRule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Where people read on, without a slash at the end. */
export interface ReadingPlaces {
  /** Where docs/runbooks is read. */
  readonly runbookUrl: string;
  /** Where Grafana is; without it, alerts name no dashboard. */
  readonly dashboardUrl?: string;
}

export function prometheusGroup(group: RuleGroup, places: ReadingPlaces): PrometheusGroup {
  const { name, interval, rules } = group;
  return {
    name,
    ...(interval !== undefined && { interval }),
    rules: rules.map((rule) => (isAlert(rule) ? alertOf(rule, places) : recordOf(rule))),
  };
}

function alertOf(rule: AlertRule, { runbookUrl, dashboardUrl }: ReadingPlaces): PrometheusRule {
  return {
    alert: rule.name,
    expr: rule.expression,
    ...(rule.for !== undefined && { for: rule.for }),
    labels: { severity: rule.severity, team: rule.team, ...rule.labels },
    annotations: {
      summary: rule.summary,
      runbook_url: `${runbookUrl}/${rule.runbook}.md`,
      ...(dashboardUrl !== undefined &&
        rule.dashboard !== undefined && { dashboard_url: `${dashboardUrl}/d/${rule.dashboard}` }),
    },
  };
}

function recordOf({ record, expression, labels }: RecordingRule): PrometheusRule {
  return { record, expr: expression, ...(labels !== undefined && { labels }) };
}
