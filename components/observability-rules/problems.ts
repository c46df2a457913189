import { isDnsLabel } from "../shared/kubernetes-names";
import { parseExpression } from "./expression";
import { exporters } from "./exporters";
import { type AlertRule, isAlert, type RecordingRule, type RuleGroup, severities } from "./rule";

export interface CheckedRules {
  readonly groups: readonly RuleGroup[];
  /** Metrics that services give, by name; a histogram without the suffixes of its series. */
  readonly exposed: readonly string[];
  /** Pages below docs/runbooks, without their endings. */
  readonly runbooks?: readonly string[];
}

/** Everything that is wrong with rules, a line each, with group and rule. */
export function ruleProblems({ groups, exposed, runbooks }: CheckedRules): string[] {
  const known = knownSeries(groups, exposed);
  const names = groups.map(({ name }) => name);
  return [
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => `groups: got ${name} twice, need each name once`),
    ...groups.flatMap((group) => [
      ...(isDnsLabel(group.name) ? [] : [`groups: got "${group.name}", need a DNS label`]),
      ...(group.rules.length === 0 ? [`${group.name}: got no rule, need at least one`] : []),
      ...durationProblems(`${group.name}.interval`, group.interval),
      ...group.rules.flatMap((rule) => {
        const path = `${group.name}.${isAlert(rule) ? rule.name : rule.record}`;
        return [
          ...expressionProblems(`${path}.expression`, rule.expression, known),
          ...(isAlert(rule) ? alertProblems(path, rule, runbooks) : recordProblems(path, rule)),
        ];
      }),
    ]),
    ...twins(groups),
  ];
}

/** Names that a selector may use: histograms by each of their series. */
export function knownSeries(
  groups: readonly RuleGroup[],
  exposed: readonly string[],
): ReadonlySet<string> {
  const names = [...exposed, ...Object.values(exporters).flatMap(({ metrics }) => metrics)];
  const recorded = groups.flatMap(({ rules }) =>
    rules.flatMap((rule) => (isAlert(rule) ? [] : [rule.record])),
  );
  return new Set([
    ...names.flatMap((name) => [name, `${name}_bucket`, `${name}_count`, `${name}_sum`]),
    ...recorded,
  ]);
}

function expressionProblems(
  path: string,
  expression: string,
  known: ReadonlySet<string>,
): string[] {
  const { metrics, brokenAt } = parseExpression(expression);
  if (brokenAt !== undefined)
    return [
      `${path}: got what breaks off before "${expression.slice(brokenAt, brokenAt + 24)}" (character ${brokenAt + 1}), need PromQL`,
    ];
  return metrics
    .filter((metric) => !known.has(metric))
    .map((metric) =>
      metric === "{}"
        ? `${path}: got a selector without a name, need the name of a metric`
        : `${path}: got ${metric}, which nothing exposes or records, need a metric of an exporter, a service or a rule`,
    );
}

function alertProblems(
  path: string,
  rule: AlertRule,
  runbooks: readonly string[] | undefined,
): string[] {
  const problems: string[] = [];
  if (!/^[A-Z][A-Za-z0-9]*$/.test(rule.name))
    problems.push(`${path}.name: got "${rule.name}", need capitalised words without spaces`);
  if (!severities.includes(rule.severity))
    problems.push(`${path}.severity: got "${rule.severity}", need one of ${severities.join(", ")}`);
  if (!isDnsLabel(rule.team)) problems.push(`${path}.team: got "${rule.team}", need a DNS label`);
  if (rule.summary.trim() === "")
    problems.push(`${path}.summary: got nothing, need a sentence for whoever is told`);
  if (runbooks !== undefined && !runbooks.includes(rule.runbook))
    problems.push(`${path}.runbook: got "${rule.runbook}", need a page of docs/runbooks`);
  if ((rule.for === undefined) === (rule.immediate === undefined))
    problems.push(
      `${path}.for: got ${rule.for === undefined ? "neither" : "both"}, need how long it must hold, or in immediate why not`,
    );
  problems.push(...durationProblems(`${path}.for`, rule.for));
  for (const reserved of ["severity", "team", "alertname"])
    if (rule.labels !== undefined && reserved in rule.labels)
      problems.push(`${path}.labels: got ${reserved}, which is set by its own field`);
  return problems;
}

function recordProblems(path: string, { record }: RecordingRule): string[] {
  return /^[a-zA-Z_][a-zA-Z0-9_]*(:[a-zA-Z0-9_]+)+$/.test(record)
    ? []
    : [`${path}.record: got "${record}", need a name in the form level:metric:operation`];
}

function durationProblems(path: string, duration: string | undefined): string[] {
  return duration === undefined || /^([1-9]\d*(ms|s|m|h|d|w|y))+$/.test(duration)
    ? []
    : [`${path}: got "${duration}", need a duration such as 5m`];
}

/** Alerts of one name and the same labels cannot be told apart, neither by people nor by Alertmanager. */
function twins(groups: readonly RuleGroup[]): string[] {
  const alerts = groups.flatMap(({ rules }) => rules.filter(isAlert));
  const key = ({ name, severity, labels }: AlertRule): string =>
    JSON.stringify([name, severity, Object.entries(labels ?? {}).sort()]);
  const keys = alerts.map(key);
  return alerts
    .filter((alert, index) => keys.indexOf(key(alert)) !== index)
    .map((alert) => `${alert.name}: got it twice with the same labels, need labels that differ`);
}
