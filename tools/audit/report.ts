import { deadlineOf } from "./deadlines";
import type { Exception } from "./exceptions";
import { type Finding, severities } from "./finding";
import {
  bySeverity,
  countBySeverity,
  extendHistory,
  firstSeenOf,
  type History,
  markOf,
  writeHistory,
} from "./history";

export interface AuditInput {
  readonly findings: readonly Finding[];
  readonly files: number;
  readonly exceptions: readonly Exception[];
  readonly history: History;
  /** True if there was an earlier report whose history cannot be read. */
  readonly historyLost: boolean;
  /** YYYY-MM-DD, UTC. */
  readonly today: string;
}

/** Rows of a table; the rest is in the reports themselves. */
const rowsShown = 40;
const warningDays = 14;

/** The weekly report in Markdown; the next one reads its history from it. */
export function writeReport(input: AuditInput): string {
  const { findings, history, today } = input;
  const firstSeen = firstSeenOf(findings, history, today);
  const counts = countBySeverity(findings);
  const extended = extendHistory(history, counts, { today, firstSeen });
  return [
    `Report of ${today}, from ${input.files} files of the scanners. Rules: \`docs/vulnerability-management.md\`.`,
    ...(input.historyLost
      ? ["", "**The history of the earlier report could not be read: terms and trend start anew.**"]
      : []),
    ...countTable(findings),
    ...overdueTable(findings, firstSeen, today),
    ...exceptionTable(input.exceptions, today),
    ...trendTable(extended),
    "",
    writeHistory(extended),
    "",
  ].join("\n");
}

function countTable(findings: readonly Finding[]): string[] {
  const all = countBySeverity(findings);
  const fixable = countBySeverity(findings.filter((finding) => finding.fixable));
  const rows = severities.map((severity) => [severity, all[severity], fixable[severity]]);
  return ["", "## Open", "", ...table(["severity", "open", "of these fixable"], rows)];
}

function overdueTable(
  findings: readonly Finding[],
  firstSeen: ReadonlyMap<string, string>,
  today: string,
): string[] {
  const overdue = findings
    .filter(({ fixable }) => fixable)
    .map((finding) => ({ finding, seen: firstSeen.get(markOf(finding)) ?? today }))
    .map((known) => ({ ...known, deadline: deadlineOf(known.finding.severity, known.seen) }))
    .filter(({ deadline }) => deadline !== undefined && deadline < today)
    .sort((one, other) => bySeverity(one.finding, other.finding));
  if (overdue.length === 0) return ["", "## Overdue", "", "None."];
  const rows = overdue
    .slice(0, rowsShown)
    .map(({ finding, seen, deadline = "" }) => [
      finding.severity,
      finding.id,
      finding.subject,
      finding.target,
      seen,
      deadline,
      finding.fix ?? "",
    ]);
  const columns = ["severity", "id", "what", "where", "since", "deadline", "to do"];
  return [
    "",
    `## Overdue: ${overdue.length}`,
    "",
    ...table(columns, rows),
    ...more(overdue.length),
  ];
}

function more(length: number): string[] {
  return length > rowsShown ? ["", `And ${length - rowsShown} more.`] : [];
}

function exceptionTable(exceptions: readonly Exception[], today: string): string[] {
  if (exceptions.length === 0) return ["", "## Exceptions", "", "None."];
  const rows = [...exceptions]
    .sort((one, other) => one.ends.localeCompare(other.ends))
    .map(({ id, ends, statement }) => [id, ends, stateOf(ends, today), statement]);
  return ["", "## Exceptions", "", ...table(["id", "ends", "state", "why"], rows)];
}

function stateOf(ends: string, today: string): string {
  const days = Math.round((Date.parse(ends) - Date.parse(today)) / (24 * 60 * 60 * 1000));
  if (days < 0) return "**ended**: mend it or decide anew";
  return days <= warningDays ? `ends in ${days} days` : "holds";
}

function trendTable({ weeks }: History): string[] {
  const rows = [...weeks]
    .reverse()
    .map(({ day, counts }) => [day, ...severities.map((severity) => counts[severity])]);
  return ["", "## Trend", "", ...table(["day", ...severities], rows)];
}

function table(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string[] {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => plain(String(cell))).join(" | ")} |`;
  return [line(columns), `| ${columns.map(() => "---").join(" | ")} |`, ...rows.map(line)];
}

/** What a scanner read in somebody's package is text, neither a cell's end nor a mention nor a comment. */
function plain(text: string): string {
  const short = text.length > 160 ? `${text.slice(0, 159)}…` : text;
  return short
    .replace(/\s+/g, " ")
    .replace(/[|<>]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/@(?=\w)/g, "@\u200b");
}
