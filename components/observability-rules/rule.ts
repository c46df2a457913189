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

/** @param runbookUrl Where docs/runbooks is read, without a slash at its end. */
export function prometheusGroup(group: RuleGroup, runbookUrl: string): PrometheusGroup {
  const { name, interval, rules } = group;
  return {
    name,
    ...(interval !== undefined && { interval }),
    rules: rules.map((rule) => (isAlert(rule) ? alertOf(rule, runbookUrl) : recordOf(rule))),
  };
}

function alertOf(rule: AlertRule, runbookUrl: string): PrometheusRule {
  return {
    alert: rule.name,
    expr: rule.expression,
    ...(rule.for !== undefined && { for: rule.for }),
    labels: { severity: rule.severity, team: rule.team, ...rule.labels },
    annotations: { summary: rule.summary, runbook_url: `${runbookUrl}/${rule.runbook}.md` },
  };
}

function recordOf({ record, expression, labels }: RecordingRule): PrometheusRule {
  return { record, expr: expression, ...(labels !== undefined && { labels }) };
}
