import { type DatabaseCheck, type Finding } from "../../../functions/restore-validation/checks";
import type { DatabaseSource } from "../../../functions/restore-validation/database-source";
import {
  heartbeatColumn,
  heartbeatDatabase,
  heartbeatTable,
} from "../../../functions/restore-validation/heartbeat";
import { validateDatabase } from "../../../functions/restore-validation/validate-database";
import { withConnection } from "../../../functions/shared/postgres";
import type { DrillContext } from "../registry";
import type { Backups } from "./backups";
import type { Cluster, Surroundings } from "./cluster";
import { table } from "./writers";

/** What may be lost. */
export const rpoSeconds = 60;

export interface Lost {
  readonly context: DrillContext;
  readonly around: Surroundings;
  readonly backups: Backups;
  /** Of a table that nobody writes to: its place below the folder of the data. */
  readonly quietFile: string;
  /** As the machine that was lost would have answered. */
  readonly source: DatabaseSource;
  readonly lostAt: Date;
}

const newest = {
  kind: "newest-record",
  database: heartbeatDatabase,
  table: heartbeatTable,
  column: heartbeatColumn,
  atMostSeconds: rpoSeconds,
} as const;
const same = {
  kind: "checksum",
  database: heartbeatDatabase,
  table,
  column: "at",
  settledSeconds: 5,
} as const;
const counted = {
  kind: "row-counts",
  database: heartbeatDatabase,
  tolerancePercent: 50,
} as const;
const checks: readonly DatabaseCheck[] = [
  newest,
  { ...newest, table, column: "at" },
  same,
  counted,
];

function connectTo(cluster: Cluster) {
  return <T>(dbname: string, work: Parameters<typeof withConnection<T>>[1]): Promise<T> =>
    withConnection({ ...cluster.login, dbname }, work);
}

/** As the function does it, with the very code. */
export function look(cluster: Cluster, lost: Lost): Promise<Finding[]> {
  const { source, lostAt } = lost;
  return validateDatabase({ connect: connectTo(cluster), source, lostAt }, checks);
}

export function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

export function told(findings: readonly Finding[]): string {
  return findings
    .map(({ check, holds, seen }) => `${check}: ${holds ? "" : "NOT "}${seen}`)
    .join("; ");
}
