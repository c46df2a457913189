import type { Client } from "pg";

/** Written every minute, so that there is always a record whose age says what is lost; in the database that is always there. */
export const heartbeatTable = "auterity_recovery.heartbeat";
export const heartbeatColumn = "at";
export const heartbeatDatabase = "postgres";

const keptDays = 40;

/** Longer than any backup of any second goes back. May be repeated. */
export async function beat(client: Client): Promise<void> {
  await client.query("CREATE SCHEMA IF NOT EXISTS auterity_recovery");
  await client.query(
    `CREATE TABLE IF NOT EXISTS ${heartbeatTable} (${heartbeatColumn} timestamptz PRIMARY KEY DEFAULT clock_timestamp())`,
  );
  await client.query(`INSERT INTO ${heartbeatTable} DEFAULT VALUES`);
  await client.query(
    `DELETE FROM ${heartbeatTable} WHERE ${heartbeatColumn} < now() - interval '${keptDays} days'`,
  );
}
