/** What a restored store is asked: the function's own words, which may not import this; a test holds both together. */
export type DatabaseCheck =
  | {
      /** Every table of the source is there, with about as many rows. */
      readonly kind: "row-counts";
      readonly database: string;
      /** "schema.table". Default: all that the source has. */
      readonly tables?: readonly string[];
      readonly tolerancePercent: number;
    }
  | {
      /** What the newest record's age shows to be lost, by a column of the type timestamptz. */
      readonly kind: "newest-record";
      readonly database: string;
      readonly table: string;
      readonly column: string;
      readonly atMostSeconds: number;
    }
  | {
      /** Rows of a table that only grows are the same as in the source. */
      readonly kind: "checksum";
      readonly database: string;
      readonly table: string;
      readonly column: string;
      /** Rows younger than the newest restored one by so much are left out. */
      readonly settledSeconds: number;
    };

export type BucketCheck =
  | { readonly kind: "object-count"; readonly prefix: string; readonly tolerancePercent: number }
  | { readonly kind: "newest-object"; readonly prefix: string; readonly atMostSeconds: number }
  | { readonly kind: "object-checksums"; readonly prefix: string; readonly sample: number };

/** The record that the function itself writes every minute: functions/restore-validation/heartbeat.ts. */
export const heartbeat = {
  database: "postgres",
  table: "auterity_recovery.heartbeat",
  column: "at",
} as const;

type Numbers = Readonly<Record<string, readonly [least: number, most: number]>>;
const numbers: Numbers = {
  tolerancePercent: [0, 100],
  atMostSeconds: [1, 31_536_000],
  settledSeconds: [0, 86_400],
  sample: [1, 1000],
};

/** Names stand in statements as they are, quoted. */
const tableShape = /^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$/;

export function checkProblems(
  path: string,
  checks: readonly (DatabaseCheck | BucketCheck)[],
): string[] {
  return checks.flatMap((check, index) => {
    const at = `${path}[${index}]`;
    const problems: string[] = [];
    for (const [field, value] of Object.entries(check) as [string, unknown][]) {
      const [least, most] = numbers[field] ?? [];
      if (least === undefined || most === undefined) continue;
      if (typeof value !== "number" || !(value >= least && value <= most))
        problems.push(`${at}.${field}: got ${String(value)}, need ${least} to ${most}`);
    }
    const tables = "tables" in check ? (check.tables ?? []) : "table" in check ? [check.table] : [];
    for (const table of tables)
      if (!tableShape.test(table))
        problems.push(`${at}: got the table "${table}", need SCHEMA.TABLE such as public.orders`);
    return problems;
  });
}
