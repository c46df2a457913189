import { drawTable } from "../terminal/table";
import type { CostComparison } from "./compare";
import type { CostShare, Estimate } from "./estimate";

/** Components that a terminal shows; the files have all. */
const shownComponents = 8;

/** "$1,234": nobody needs the cents of an estimate. */
export function dollars(amount: number): string {
  const text = Math.abs(Math.round(amount)).toLocaleString("en-US");
  return amount <= -0.5 ? `-$${text}` : `$${text}`;
}

/** A change, with its sign. */
export function change(amount: number): string {
  const sign = amount < 0 ? "-" : "+";
  return `${sign}$${Math.abs(amount).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

interface EstimateContext {
  readonly comparison?: CostComparison;
  readonly costVariants?: readonly CostShare[];
}

/** The estimate for a terminal. */
export function describeEstimate(
  estimate: Estimate,
  { comparison, costVariants = [] }: EstimateContext = {},
): string[] {
  const { components, teams, notKnown, warnings } = estimate;
  const rest = components.slice(shownComponents);
  return [
    `Monthly estimate: ${headline(estimate)}`,
    ...indent(
      drawTable([
        ...components
          .slice(0, shownComponents)
          .map(({ name, monthlyUsd }) => [name, dollars(monthlyUsd)]),
        ...(rest.length === 0
          ? []
          : [
              [
                `${rest.length} more`,
                dollars(rest.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0)),
              ],
            ]),
      ]),
    ),
    `  by team: ${teams.map(({ name, monthlyUsd }) => `${name} ${dollars(monthlyUsd)}`).join(", ")}`,
    ...(notKnown.length === 0
      ? []
      : [`  not in it: ${notKnown.map(({ what, count }) => `${what} (${count})`).join(", ")}`]),
    ...nodesByDay(estimate).map((line) => `  assumed: ${line}`),
    ...costVariants.map(({ name, monthlyUsd }) => `  with ${name}: ${dollars(monthlyUsd)}`),
    ...warnings.map((warning) => `  warning: ${warning}`),
    ...(comparison === undefined ? [] : describeComparison(comparison)),
    "",
  ];
}

export function headline({ monthlyUsd, assumedUsd, prices }: Estimate): string {
  return `${dollars(monthlyUsd)}, of which ${dollars(assumedUsd)} rest on assumed usage; prices of ${prices.region}`;
}

/** A line, where nodes of services are not there all the time. */
export function nodesByDay({ nodesByDay: byDay }: Estimate): string[] {
  if (byDay === undefined) return [];
  const nodes = Object.entries(byDay.nodes).map(([name, count]) => `${name} ${count}`);
  return [
    `nodes of services only for their floors: ${nodes.join(", ")}; ${byDay.hoursPerWeek} of 168 hours a week`,
  ];
}

function describeComparison({
  source,
  beforeUsd,
  changeUsd,
  components,
  notes,
}: CostComparison): string[] {
  return [
    `  against ${source} (${dollars(beforeUsd)}): ${changeUsd === 0 ? "the same" : change(changeUsd)}`,
    ...indent(
      indent(drawTable(components.map(({ name, monthlyUsd }) => [name, change(monthlyUsd)]))),
    ),
    ...notes.map((text) => `    ${text}`),
  ];
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
