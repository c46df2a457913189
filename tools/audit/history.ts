import { createHash } from "node:crypto";
import { z } from "zod";
import { type Finding, identityOf, severities, type Severity } from "./finding";

export type Counts = Readonly<Record<Severity, number>>;

const count = z.int().min(0);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** What one report tells the next; it stands in the issue, where people do not see it. */
const historySchema = z.object({
  weeks: z.array(
    z.object({
      day,
      counts: z.object({
        CRITICAL: count,
        HIGH: count,
        MEDIUM: count,
        LOW: count,
        UNKNOWN: count,
      }),
    }),
  ),
  /** Marks of findings, by the day on which they were first reported. */
  firstSeen: z.record(day, z.array(z.string().regex(/^[0-9a-f]{12}$/))),
});
export type History = z.infer<typeof historySchema>;

const opening = "<!-- audit-history ";
const closing = " -->";
const noHistory: History = { weeks: [], firstSeen: {} };
const weeksKept = 26;
/** An issue holds 65,536 characters; a mark takes 15. Beyond that the least severe findings start anew every week. */
const marksKept = 3000;

/** History of the earlier report; none if there was no report, or somebody has edited it away. */
export function readHistory(body: string): { history: History; lost: boolean } {
  const start = body.lastIndexOf(opening);
  if (start === -1) return { history: noHistory, lost: body.trim() !== "" };
  const end = body.indexOf(closing, start);
  try {
    const document: unknown = JSON.parse(body.slice(start + opening.length, end));
    return { history: historySchema.parse(document), lost: false };
  } catch {
    return { history: noHistory, lost: true };
  }
}

export function writeHistory(history: History): string {
  return `${opening}${JSON.stringify(history)}${closing}`;
}

export function markOf(finding: Finding): string {
  return createHash("sha256").update(identityOf(finding)).digest("hex").slice(0, 12);
}

/** Since which day each open finding is known, by its mark. */
export function firstSeenOf(
  findings: readonly Finding[],
  history: History,
  today: string,
): ReadonlyMap<string, string> {
  const known = new Map(
    Object.entries(history.firstSeen).flatMap(([seen, marks]) =>
      marks.map((mark) => [mark, seen] as const),
    ),
  );
  const marks = [...findings].sort(bySeverity).map(markOf);
  return new Map(marks.map((mark) => [mark, known.get(mark) ?? today]));
}

export function countBySeverity(findings: readonly Finding[]): Counts {
  const counts = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/** With today's counts in place of what an earlier report of the same day said. */
export function extendHistory(
  history: History,
  counts: Counts,
  { today, firstSeen }: { today: string; firstSeen: ReadonlyMap<string, string> },
): History {
  const weeks = [...history.weeks.filter(({ day }) => day !== today), { day: today, counts }];
  const byDay: Record<string, string[]> = {};
  for (const [mark, seen] of [...firstSeen].slice(0, marksKept)) (byDay[seen] ??= []).push(mark);
  return { weeks: weeks.slice(-weeksKept), firstSeen: byDay };
}

/** Worst first. */
export function bySeverity(one: Finding, other: Finding): number {
  return (
    severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
    one.id.localeCompare(other.id)
  );
}
