import { type Client, escapeIdentifier } from "pg";
import type { DatabaseCheck } from "./checks";

type ChecksumCheck = Extract<DatabaseCheck, { kind: "checksum" }>;

/** From the first moment, which is in it, to the last, which is not. */
export interface Window {
  readonly from: Date;
  readonly to: Date;
}

export interface Checksum {
  readonly window: Window;
  readonly rows: number;
  /** Sum of a hash of each row, so that their order does not matter. */
  readonly sum: string;
}

/** What a restored database is compared with: the living source, or what was written down of it before it was lost. */
export interface DatabaseSource {
  /** Rows by "schema.table". */
  rowCounts(database: string): Promise<Readonly<Record<string, number>>>;
  /** Over a window that lies in this one. */
  checksum(check: ChecksumCheck, within: Window): Promise<Checksum>;
}

/** A table is counted, not estimated; a large one takes minutes. */
const statementMinutes = 10;

/** Of what the functions here do with a database, nothing changes it. */
export async function readOnly(client: Client): Promise<void> {
  await client.query("SET default_transaction_read_only = on");
  await client.query(`SET statement_timeout = '${statementMinutes}min'`);
  // A plan that reads an index instead of the table would not see that the table is damaged.
  await client.query("SET enable_indexonlyscan = off");
}

export async function tablesOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT n.nspname || '.' || c.relname AS name FROM pg_class AS c
       JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'm') AND c.relpersistence = 'p'
        AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
      ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

export async function countRows(client: Client, table: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    // With every row's text: an empty count of pages would not notice a row that cannot be read.
    `SELECT count(t::text) AS count FROM ${quoted(table)} AS t`,
  );
  return Number(rows[0]?.count ?? 0);
}

export async function rangeOf(
  client: Client,
  { table, column }: { readonly table: string; readonly column: string },
): Promise<{ readonly oldest: Date; readonly newest: Date } | undefined> {
  const name = escapeIdentifier(column);
  const { rows } = await client.query<{ oldest: Date | null; newest: Date | null }>(
    `SELECT min(${name}) AS oldest, max(${name}) AS newest FROM ${quoted(table)}`,
  );
  const { oldest, newest } = rows[0] ?? {};
  return oldest && newest ? { oldest, newest } : undefined;
}

export async function checksumOf(
  client: Client,
  { table, column }: ChecksumCheck,
  window: Window,
): Promise<Checksum> {
  const name = escapeIdentifier(column);
  const { rows } = await client.query<{ rows: string; sum: string | null }>(
    `SELECT count(*) AS rows, sum(('x' || left(md5(t::text), 15))::bit(60)::bigint::numeric) AS sum
       FROM ${quoted(table)} AS t WHERE ${name} >= $1 AND ${name} < $2`,
    [window.from, window.to],
  );
  return { window, rows: Number(rows[0]?.rows ?? 0), sum: rows[0]?.sum ?? "0" };
}

/** The source itself, by a way into each of its databases. */
export function liveSource(
  connect: <T>(database: string, work: (client: Client) => Promise<T>) => Promise<T>,
): DatabaseSource {
  const reading = <T>(database: string, work: (client: Client) => Promise<T>): Promise<T> =>
    connect(database, async (client) => {
      await readOnly(client);
      return work(client);
    });
  return {
    rowCounts: (database) =>
      reading(database, async (client) => {
        const counts: Record<string, number> = {};
        for (const table of await tablesOf(client)) counts[table] = await countRows(client, table);
        return counts;
      }),
    checksum: (check, within) =>
      reading(check.database, async (client) => {
        const range = await rangeOf(client, check);
        // What the source has thrown away since cannot be compared.
        const from = range === undefined || range.oldest < within.from ? within.from : range.oldest;
        return checksumOf(client, check, { from, to: within.to });
      }),
  };
}

function quoted(table: string): string {
  return table.split(".").map(escapeIdentifier).join(".");
}
