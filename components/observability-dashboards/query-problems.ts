import { expressionLabels, type LabelsOf, parseExpression } from "../observability-rules";
import { logLabels } from "../observability-stack";
import { parseLogQuery } from "./log-expression";

/** What Grafana puts in before it asks; here, what the words stand for at an ordinary width. */
const macros: Readonly<Record<string, string>> = {
  $__rate_interval: "2m",
  $__interval: "1m",
  $__range: "6h",
};

/** A query as its source is asked, with a value in place of what only Grafana knows. */
export function withoutMacros(expression: string): string {
  return expression.replace(/\$__\w+/g, (macro) => macros[macro] ?? macro);
}

/** Everything that is wrong with a query of metrics. */
export function metricQueryProblems(
  path: string,
  { expr, legend }: { readonly expr: string; readonly legend?: string },
  labelsOf: LabelsOf,
): string[] {
  const expression = withoutMacros(expr);
  const { metrics, brokenAt } = parseExpression(expression);
  if (brokenAt !== undefined) return [brokenQuery(path, { expression, brokenAt }, "PromQL")];
  const unknown = metrics.filter((metric) => labelsOf(metric) === undefined);
  if (unknown.length > 0)
    return unknown.map((metric) =>
      metric === "{}"
        ? `${path}: got a selector without a name, need the name of a metric`
        : `${path}: got ${metric}, which nothing exposes or records, need a metric of an exporter, a service or a rule`,
    );
  const { missing, result } = expressionLabels(expression, labelsOf);
  return [
    ...missing.map(({ label, of }) => `${path}: got label ${label} of ${of}, which has none such`),
    ...legendLabels(legend)
      .filter((label) => !result.has(label))
      .map((label) => `${path}.legend: got {{${label}}}, which the result does not have`),
  ];
}

function legendLabels(legend = ""): string[] {
  return [...legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, label = ""]) => label);
}

/** Everything that is wrong with a query of logs. */
export function logQueryProblems(path: string, expr: string): string[] {
  const expression = withoutMacros(expr);
  const { labels, brokenAt } = parseLogQuery(expression);
  if (brokenAt !== undefined) return [brokenQuery(path, { expression, brokenAt }, "LogQL")];
  if (labels.length === 0) return [`${path}: got no stream, need a selector with a label`];
  return labels
    .filter((label) => !logLabels.includes(label))
    .map(
      (label) => `${path}: got a stream by ${label}, need labels of logs: ${logLabels.join(", ")}`,
    );
}

function brokenQuery(
  path: string,
  { expression, brokenAt }: { readonly expression: string; readonly brokenAt: number },
  language: string,
): string {
  return `${path}: got what breaks off before "${expression.slice(brokenAt, brokenAt + 24)}" (character ${brokenAt + 1}), need ${language}`;
}
