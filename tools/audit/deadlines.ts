import type { Severity } from "./finding";

/**
 * Days from the first report to the repair, where a repair exists: docs/vulnerability-management.md. A federal agency of
 * the United States has 15 days for critical and 30 for high ones.
 * @see https://www.cisa.gov/news-events/directives/bod-19-02-vulnerability-remediation-requirements-internet-accessible-systems
 */
const deadlineDays: Readonly<Record<Severity, number | undefined>> = {
  CRITICAL: 7,
  HIGH: 30,
  MEDIUM: 90,
  LOW: 180,
  UNKNOWN: undefined,
};

const millisecondsOfDay = 24 * 60 * 60 * 1000;

/** Last day of the term, YYYY-MM-DD; none for what nobody has graded. */
export function deadlineOf(severity: Severity, firstSeen: string): string | undefined {
  const days = deadlineDays[severity];
  if (days === undefined) return undefined;
  const last = Date.parse(firstSeen) + days * millisecondsOfDay;
  return new Date(last).toISOString().slice(0, 10);
}
