import type { Advice, Known } from "./advice";
import type { Costs, GroupCost } from "./costs";
import { lastDay, type Periods } from "./periods";

export interface Report {
  readonly environment: string;
  readonly periods: Periods;
  readonly costs: Costs;
  readonly advice: Advice;
  /** Dollars a month; undefined where nobody has set one. */
  readonly budget: number | undefined;
}

const mostGroups = 10;

/** One page for people: first what the week cost, last what is not known. */
export function reportText(report: Report): string {
  const { environment, periods, costs } = report;
  const [weekBefore = 0, week = 0] = costs.weeks.slice(-2);
  return [
    `Costs of ${environment}, ${periods.week.Start} to ${lastDay(periods.week)}, in USD`,
    "",
    `week        ${dollars(week)}, ${change(week, weekBefore)}`,
    `four weeks  ${costs.weeks.map(dollars).join(", ")}`,
    monthLine(report),
    ...groupLines("by team", costs.byTeam),
    ...groupLines("by service of ours", costs.byService),
    ...groupLines("by service of AWS", costs.byAwsService),
    ...adviceLines(report.advice),
    "",
    "Nodes are shared: what a team's pods cost of them is in the cost export, by split cost allocation, and not in here.",
  ].join("\n");
}

export function subjectOf({ environment, costs }: Report): string {
  const [weekBefore = 0, week = 0] = costs.weeks.slice(-2);
  return `Costs of ${environment}: ${dollars(week)} USD last week, ${change(week, weekBefore)}`;
}

/** What this month will have cost; undefined where there is no forecast. */
export function monthForecast({ costs, advice }: Report): number | undefined {
  return "value" in advice.monthLeft ? costs.monthToDate + advice.monthLeft.value : undefined;
}

function monthLine(report: Report): string {
  const { costs, budget, periods } = report;
  const forecast = monthForecast(report);
  const month = periods.monthLeft.Start.slice(0, 7);
  const parts = [
    `month       ${month}: ${dollars(costs.monthToDate)} so far`,
    forecast === undefined ? "no forecast" : `forecast ${dollars(forecast)}`,
    budget === undefined ? "no budget" : `budget ${dollars(budget)}${shareOf(forecast, budget)}`,
  ];
  return parts.join(", ");
}

function shareOf(forecast: number | undefined, budget: number): string {
  return forecast === undefined ? "" : ` (${Math.round((100 * forecast) / budget)} %)`;
}

function groupLines(title: string, groups: readonly GroupCost[]): string[] {
  const shown = groups.slice(0, mostGroups);
  const rest = groups.slice(mostGroups);
  const sum = (key: "week" | "weekBefore") => rest.reduce((total, group) => total + group[key], 0);
  const lines =
    rest.length === 0
      ? shown
      : [
          ...shown,
          { name: `${rest.length} others`, week: sum("week"), weekBefore: sum("weekBefore") },
        ];
  const width = Math.max(0, ...lines.map(({ name }) => name.length));
  return [
    "",
    title,
    ...lines.map(
      ({ name, week, weekBefore }) =>
        `  ${name.padEnd(width)}  ${dollars(week).padStart(12)}  ${change(week, weekBefore)}`,
    ),
    ...(lines.length === 0 ? ["  nothing"] : []),
  ];
}

function adviceLines({ monthLeft, savingsPlans, rightsizing }: Advice): string[] {
  const unknown = [
    ...reasonOf("forecast", monthLeft),
    ...reasonOf("Savings Plans", savingsPlans),
    ...reasonOf("rightsizing", rightsizing),
  ];
  return [
    "",
    "advice, for the whole account",
    ...("value" in savingsPlans ? [`  Savings Plans: ${plansText(savingsPlans.value)}`] : []),
    ...("value" in rightsizing
      ? [
          `  machines: ${rightsizing.value.smaller} could be smaller, ${rightsizing.value.idle.length} idle` +
            `${listed(rightsizing.value.idle)}; saves ${dollars(rightsizing.value.monthlySavings)} a month`,
        ]
      : []),
    ...(unknown.length === 0 ? [] : ["", "not known", ...unknown]),
  ];
}

function plansText(
  plans: { hourlyCommitment: number; monthlySavings: number; savingsPercent: number } | undefined,
): string {
  if (plans === undefined) return "none would save anything";
  return (
    `${plans.hourlyCommitment.toFixed(3)} an hour for a year, nothing in advance, saves ` +
    `${dollars(plans.monthlySavings)} a month (${Math.round(plans.savingsPercent)} %)`
  );
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "" : ` (${names.join(", ")})`;
}

function reasonOf(what: string, known: Known<unknown>): string[] {
  return "unknown" in known ? [`  ${what}: ${known.unknown}`] : [];
}

function dollars(amount: number): string {
  return amount.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function change(now: number, before: number): string {
  if (before === 0) return now === 0 ? "as before" : "nothing the week before";
  const percent = (100 * (now - before)) / before;
  return `${percent < 0 ? "" : "+"}${percent.toFixed(1)} % on the week before`;
}
