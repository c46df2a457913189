import type { Client } from "pg";
import { type DatabaseCheck, type Finding, finding, isAbout } from "./checks";
import {
  checksumOf,
  countRows,
  type DatabaseSource,
  rangeOf,
  readOnly,
  tablesOf,
} from "./database-source";

/** A database that was restored, and what is known of the one that it was. */
export interface RestoredDatabase {
  /** A way into each database of it. */
  readonly connect: <T>(database: string, work: (client: Client) => Promise<T>) => Promise<T>;
  readonly source: DatabaseSource;
  /** From when on nothing more could be saved: of a real disaster its moment, of a test the start of the restore. */
  readonly lostAt: Date;
}

/** Every check, each by itself: that one fails says nothing about the next. */
export async function validateDatabase(
  restored: RestoredDatabase,
  checks: readonly DatabaseCheck[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) {
    const subject = "table" in check ? `${check.database} ${check.table}` : check.database;
    findings.push(
      await finding(`${check.kind} ${subject}`, () =>
        restored.connect(check.database, async (client) => {
          await readOnly(client);
          return run(client, restored, check);
        }),
      ),
    );
  }
  return findings;
}

function run(
  client: Client,
  restored: RestoredDatabase,
  check: DatabaseCheck,
): Promise<Omit<Finding, "check">> {
  switch (check.kind) {
    case "row-counts":
      return compareCounts(client, restored, check);
    case "newest-record":
      return findNewest(client, restored, check);
    case "checksum":
      return compareChecksums(client, restored, check);
  }
}

type Of<K extends DatabaseCheck["kind"]> = Extract<DatabaseCheck, { kind: K }>;
type Seen = Omit<Finding, "check">;

async function compareCounts(
  client: Client,
  { source }: RestoredDatabase,
  check: Of<"row-counts">,
): Promise<Seen> {
  const expected = await source.rowCounts(check.database);
  const wanted = check.tables ?? Object.keys(expected);
  if (wanted.length === 0) return { holds: false, seen: "the source has no table" };
  const there = new Set(await tablesOf(client));
  const problems: string[] = [];
  let total = 0;
  for (const table of wanted) {
    const rows = expected[table];
    if (rows === undefined) problems.push(`${table}: is not in the source`);
    else if (!there.has(table)) problems.push(`${table}: is missing`);
    else {
      const found = await countRows(client, table);
      total += found;
      if (!isAbout(rows, found, check.tolerancePercent))
        problems.push(`${table}: has ${found} rows, the source ${rows}`);
    }
  }
  return problems.length > 0
    ? { holds: false, seen: problems.join("; ") }
    : { holds: true, seen: `${wanted.length} tables, ${total} rows` };
}

async function findNewest(
  client: Client,
  { lostAt }: RestoredDatabase,
  check: Of<"newest-record">,
): Promise<Seen> {
  const range = await rangeOf(client, check);
  if (range === undefined) return { holds: false, seen: "there is no record" };
  const seconds = Math.max(0, (lostAt.getTime() - range.newest.getTime()) / 1000);
  return {
    holds: seconds <= check.atMostSeconds,
    seen: `${seconds.toFixed(1)} s before the loss, at most ${check.atMostSeconds}`,
    lostSeconds: seconds,
  };
}

async function compareChecksums(
  client: Client,
  { source }: RestoredDatabase,
  check: Of<"checksum">,
): Promise<Seen> {
  const range = await rangeOf(client, check);
  if (range === undefined) return { holds: false, seen: "there is no record" };
  const to = new Date(range.newest.getTime() - check.settledSeconds * 1000);
  const expected = await source.checksum(check, { from: range.oldest, to });
  if (expected.rows === 0) return { holds: false, seen: "the source has no row to compare" };
  const found = await checksumOf(client, check, expected.window);
  if (found.rows !== expected.rows)
    return { holds: false, seen: `${found.rows} rows, the source has ${expected.rows}` };
  return found.sum === expected.sum
    ? { holds: true, seen: `${found.rows} rows are the same` }
    : { holds: false, seen: `${found.rows} rows, but not the same as in the source` };
}
