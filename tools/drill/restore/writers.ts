import { setTimeout as sleep } from "node:timers/promises";
import { beat } from "../../../functions/restore-validation/heartbeat";
import { type Cluster, on } from "./cluster";

/** Services that write without a pause, and know what they were told to be written. */
export interface Writers {
  /** The moment at which the last row was acknowledged, and how many were. */
  readonly acknowledged: () => { readonly rows: number; readonly at: Date };
  /** They end by themselves as soon as nobody answers. */
  readonly ended: Promise<void>;
}

const count = 4;
const rowsPerWrite = 5;
const pauseMilliseconds = 10;
const heartbeatMilliseconds = 1000;

export const table = "public.orders";
/** Nobody writes it any more, so that no later image of a page in the log makes a damaged page of it good again. */
export const quietTable = "public.customers";

export async function startWriters(primary: Cluster): Promise<Writers> {
  await on(primary, async (client) => {
    await client.query(
      `CREATE TABLE ${table} (id bigserial PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp(), text text NOT NULL)`,
    );
    await client.query(
      `INSERT INTO ${table} (text) SELECT md5(n::text) FROM generate_series(1, 20000) AS n`,
    );
    await client.query(
      `CREATE TABLE ${quietTable} AS SELECT n AS id, md5(n::text) AS name FROM generate_series(1, 5000) AS n`,
    );
    await client.query(`VACUUM (FREEZE, ANALYZE) ${quietTable}`);
    await client.query("CHECKPOINT");
    await beat(client);
  });
  let rows = 20_000;
  let at = new Date();
  const write = (): Promise<void> =>
    on(primary, async (client) => {
      for (;;) {
        await client.query(
          `INSERT INTO ${table} (text) SELECT md5(random()::text) FROM generate_series(1, ${rowsPerWrite})`,
        );
        rows += rowsPerWrite;
        at = new Date();
        await sleep(pauseMilliseconds);
      }
    }).catch(() => undefined);
  const keepBeating = (): Promise<void> =>
    on(primary, async (client) => {
      for (;;) {
        await beat(client);
        await sleep(heartbeatMilliseconds);
      }
    }).catch(() => undefined);
  const ended = Promise.all([...Array.from({ length: count }, write), keepBeating()]);
  return { acknowledged: () => ({ rows, at }), ended: ended.then(() => undefined) };
}
