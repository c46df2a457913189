import {
  burnRate,
  burnThreshold,
  burnWindows,
  type BurnWindow,
  rounded,
  type WindowLength,
  windowSeconds,
} from "../../shared/burn-rates";
import type { AlertRule, RecordingRule, RuleGroup } from "../rule";
import type { Objective } from "./objective";

/** Bad events within the long window below which nobody is told: one failed request of a quiet night is no incident. */
const fewestBad = { page: 5, ticket: 10 } as const;

/** Windows that are looked at often, and those in which a minute changes nothing. */
const windowGroups = [
  { suffix: "short", interval: "30s", windows: ["5m", "30m", "1h"] },
  { suffix: "long", interval: "2m", windows: ["2h", "6h", "1d", "3d"] },
] as const;

const runbooks = { burn: "slo-burn", noData: "slo-no-data" } as const;

/** Rules of one objective: the ratio of errors over every window, the budget, and the alerts on them. */
export function objectiveGroups(objective: Objective): RuleGroup[] {
  const name = `slo-${objective.service}-${objective.name}`;
  return [
    ...windowGroups.map(({ suffix, interval, windows }) => ({
      name: `${name}-${suffix}`,
      interval,
      rules: windows.flatMap((window) => windowRecords(objective, window)),
    })),
    { name: `${name}-budget`, interval: "2m", rules: budgetRecords(objective) },
    { name: `${name}-alerts`, rules: objectiveAlerts(objective) },
  ];
}

function windowRecords(objective: Objective, window: WindowLength): RecordingRule[] {
  const labels = labelsOf(objective);
  const { bad, total } = objective;
  const records: RecordingRule[] = [
    {
      record: `slo:sli_error:ratio_rate${window}`,
      // Without a request there is no error either: NaN would spoil every sum that it gets into.
      expression: `${bad(window)} / (${total(window)} > 0) or ${total(window)} * 0`,
      labels,
    },
  ];
  if (window === "5m")
    records.push(
      {
        record: "slo:sli_bad:rate5m",
        expression: `${bad(window)} or ${total(window)} * 0`,
        labels,
      },
      { record: "slo:sli_total:rate5m", expression: total(window), labels },
    );
  const seconds = longSeconds(window);
  if (seconds !== undefined)
    records.push({
      record: `slo:sli_bad:increase${window}`,
      expression: `(${bad(window)} or ${total(window)} * 0) * ${seconds}`,
      labels,
    });
  return records;
}

function longSeconds(window: WindowLength): number | undefined {
  return burnWindows.some(({ long }) => long === window) ? windowSeconds[window] : undefined;
}

function budgetRecords(objective: Objective): RecordingRule[] {
  const labels = labelsOf(objective);
  const { windowDays, targetPercent } = objective;
  const days = `${windowDays}d`;
  const of = selectorOf(objective);
  const over = (series: string): string => `sum_over_time(${series}${of}[${days}])`;
  return [
    {
      record: "slo:objective:ratio",
      expression: `vector(${rounded(targetPercent / 100)})`,
      labels,
    },
    {
      record: "slo:error_budget:ratio",
      expression: `vector(${rounded(1 - targetPercent / 100)})`,
      labels,
    },
    {
      // By requests, not by time: an error of the night counts as one of the day.
      record: "slo:sli_error:ratio_period",
      expression: `${over("slo:sli_bad:rate5m")} / (${over("slo:sli_total:rate5m")} > 0)`,
      labels,
    },
    {
      record: "slo:error_budget_remaining:ratio",
      expression: `1 - slo:sli_error:ratio_period${of} / ${rounded(1 - targetPercent / 100)}`,
      labels,
    },
    {
      record: "slo:burn_rate:ratio_rate1h",
      expression: `slo:sli_error:ratio_rate1h${of} / ${rounded(1 - targetPercent / 100)}`,
      labels,
    },
  ];
}

function objectiveAlerts(objective: Objective): AlertRule[] {
  const { service, namespace, team, title, targetPercent, windowDays, pages } = objective;
  const promise = `${targetPercent} % of ${title}`;
  const common = {
    team,
    runbook: runbooks.burn,
    labels: { namespace, service, slo: objective.name, slo_service: service },
  };
  const days = (kind: BurnWindow["alert"]): string =>
    Math.ceil(windowDays / slowestRate(kind, windowDays)).toString();
  return [
    ...(pages
      ? [
          {
            ...common,
            name: "SloBurnFast",
            expression: burnExpression(objective, "page"),
            severity: "critical" as const,
            summary: `${service} promises ${promise}: at this rate the errors allowed in ${windowDays} days are used up within ${days("page")} days`,
            immediate: "a long window and a short one together are the wait",
          },
        ]
      : []),
    {
      ...common,
      name: "SloBurnSlow",
      expression: burnExpression(objective, "ticket"),
      severity: "warning",
      summary: `${service} promises ${promise}: at this rate it will not keep that over ${windowDays} days`,
      immediate: "a long window and a short one together are the wait",
    },
    {
      ...common,
      name: "SloBudgetExhausted",
      expression: `slo:error_budget_remaining:ratio${selectorOf(objective)} < 0`,
      severity: "warning",
      summary: `${service} has broken its promise of ${promise} over the last ${windowDays} days`,
      for: "1h",
    },
    {
      ...common,
      name: "SloNoData",
      expression: `absent(slo:sli_error:ratio_rate5m${selectorOf(objective)})`,
      severity: "warning",
      summary: `Nobody knows whether ${service} keeps its promise of ${promise}: the service gives no such metric`,
      runbook: runbooks.noData,
      for: "15m",
    },
  ];
}

function burnExpression(objective: Objective, alert: BurnWindow["alert"]): string {
  const of = selectorOf(objective);
  return burnWindows
    .filter((window) => window.alert === alert)
    .map((window) => {
      const threshold = burnThreshold(window, objective);
      const above = (length: WindowLength): string =>
        `slo:sli_error:ratio_rate${length}${of} > ${threshold}`;
      const enough = `slo:sli_bad:increase${window.long}${of} >= ${fewestBad[alert]}`;
      return `(${above(window.short)} and ${above(window.long)} and ${enough})`;
    })
    .join(" or ");
}

function slowestRate(alert: BurnWindow["alert"], windowDays: number): number {
  const rates = burnWindows
    .filter((window) => window.alert === alert)
    .map((window) => burnRate(window, windowDays));
  return Math.min(...rates);
}

function labelsOf({ service, name, team }: Objective): Record<string, string> {
  return { slo_service: service, slo: name, team };
}

function selectorOf({ service, name }: Objective): string {
  return `{slo_service="${service}",slo="${name}"}`;
}
