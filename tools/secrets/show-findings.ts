import { drawTable } from "../terminal/table";
import type { Destination } from "./destination";
import type { MigrationPlan, PlannedFinding } from "./migration-plan";
import { describePlace } from "./source-file";

/** What was found, by place and kind. */
export function showFindings(
  plan: MigrationPlan,
  forcePlaceholders: boolean,
  say: (line: string) => void,
): void {
  if (plan.findings.length === 0) return;
  const rows = plan.findings.map((planned) => [
    describePlace(planned.finding.place),
    planned.finding.service ?? "-",
    planned.finding.variable,
    planned.finding.kind,
    describeFate(planned, forcePlaceholders),
  ]);
  for (const line of drawTable([
    ["place", "service", "variable", "recognised as", "goes to"],
    ...rows,
  ]))
    say(line);
  const written = plan.secrets.reduce((sum, secret) => sum + secret.values.size, 0);
  const refused = plan.findings.filter((each) => isRefused(each, forcePlaceholders)).length;
  const undeclared = plan.findings.filter(({ destinations }) =>
    destinations.some(({ kind }) => kind === "undeclared"),
  ).length;
  say(
    `${plan.findings.length} places: ${written} values for ${plan.secrets.length} secrets, ` +
      `${refused} refused, ${undeclared} that nobody declares`,
  );
}

function isRefused({ finding, destinations }: PlannedFinding, forcePlaceholders: boolean): boolean {
  const isWanted = destinations.some(({ kind }) => kind === "secret");
  return isWanted && (finding.value === undefined || (finding.placeholder && !forcePlaceholders));
}

/** Where a finding goes, or why it goes nowhere. */
export function describeFate(
  { finding, destinations }: PlannedFinding,
  forcePlaceholders: boolean,
): string {
  const refused = isRefused({ finding, destinations }, forcePlaceholders);
  if (refused && finding.value === undefined)
    return "refused: nothing gives it a value; fill it with replace";
  if (refused) return "refused: a placeholder (--force-placeholders takes it as it is)";
  return destinations.map(describeDestination).join(", ");
}

function describeDestination(destination: Destination): string {
  return destination.kind === "secret" ? destination.path : destination.why;
}
