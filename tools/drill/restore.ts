import { setTimeout as sleep } from "node:timers/promises";
import { bundleFunction } from "../../components/shared/function-code";
import { allHold, lostSeconds } from "../../functions/restore-validation/checks";
import {
  type DatabaseSource,
  liveSource,
} from "../../functions/restore-validation/database-source";
import { withConnection } from "../../functions/shared/postgres";
import { onStage } from "./processes";
import type { Drill, DrillContext } from "./registry";
import { takeBaseBackup } from "./restore/backups";
import { tryBucket } from "./restore/bucket";
import {
  type Cluster,
  on,
  prepare,
  restart,
  restore,
  startPrimary,
  type Surroundings,
} from "./restore/cluster";
import { tryDamages } from "./restore/damages";
import { look, type Lost, must, rpoSeconds, told } from "./restore/look";
import { quietTable, startWriters, table } from "./restore/writers";

/** How long it may take, checks included. */
const rtoSeconds = 15 * 60;
/** So much of the log may be on the machine alone: a third of what may be lost. */
const archiveSeconds = 20;
/** Longer than one turn of the archive, so that the loss is not one of luck. */
const loadSeconds = 45;

export const restoreDrill: Drill = {
  name: "restore",
  summary:
    "a database lost under load and a bucket emptied by mistake, brought back and looked into by the function's own code",
  run: (context) =>
    onStage("restore", async (stage) => {
      const around = await prepare(stage, context);
      try {
        await tryDatabase(context, around);
        await tryBucket(context, around);
      } finally {
        around.store.close();
      }
    }),
};

async function tryDatabase(context: DrillContext, around: Surroundings): Promise<void> {
  process.env["DATABASE_CA_FILE"] = around.certificate;
  const primary = await startPrimary(around, archiveSeconds, context);
  context.say(`PostgreSQL ${await ask(primary, "SHOW server_version")}`);
  const writers = await startWriters(primary);
  const { backups } = primary;
  await takeBaseBackup(backups);
  await sleep((loadSeconds / 2) * 1000);
  const middle = new Date();
  const middleCount = await rowsBefore(primary, middle);
  await sleep((loadSeconds / 2) * 1000);

  const quietFile = await ask(primary, `SELECT pg_relation_filepath('${quietTable}')`);
  await primary.program.kill();
  await writers.ended;
  const { rows, at } = writers.acknowledged();
  // Nothing that was acknowledged is younger: the clock of the loss starts at its worst.
  const lostAt = at;
  context.held(
    `the primary is gone under load: ${rows} rows were acknowledged, the last at ${at.toISOString()}`,
  );
  const source = await autopsy(around, primary);
  const lost: Lost = { context, around, backups, quietFile, source, lostAt };
  await tryNewest(lost);
  await tryMoment(lost, middle, middleCount);
  await tryDamages(lost);
  bundleFunction("restore-validation");
  context.held("the function is bundled with the very code that looked here");
}

/** The one value of an answer. */
function ask(cluster: Cluster, question: string): Promise<string> {
  return on(cluster, async (client) => {
    const { rows } = await client.query<Record<string, string>>(question);
    return Object.values(rows[0] ?? {})[0] ?? "";
  });
}

async function rowsBefore(cluster: Cluster, moment: Date): Promise<number> {
  return on(cluster, async (client) => {
    const { rows } = await client.query<{ count: string }>(
      `SELECT count(*) AS count FROM ${table} WHERE at < $1`,
      [moment],
    );
    return Number(rows[0]?.count ?? 0);
  });
}

/** A copy of the lost disk, started again: a luxury of the drill, by which it knows what there was. */
async function autopsy(around: Surroundings, primary: Cluster): Promise<DatabaseSource> {
  const copy = await restart(around, "autopsy", primary.data);
  return liveSource((dbname, work) => withConnection({ ...copy.login, dbname }, work));
}

/** As far as the archive goes; the clock runs from the decision to restore until the checks have held. */
async function tryNewest(lost: Lost): Promise<void> {
  const { context, around, backups } = lost;
  const start = performance.now();
  const restored = await restore(around, backups, { name: "newest" });
  const findings = await look(restored, lost);
  const rto = (performance.now() - start) / 1000;
  await restored.program.stop();
  must(allHold(findings), told(findings));
  const rpo = lostSeconds(findings) ?? Infinity;
  context.held(`restored as far as the archive goes: ${told(findings)}`);
  must(rpo <= rpoSeconds, `RPO ${rpo} s, at most ${rpoSeconds}`);
  must(rto <= rtoSeconds, `RTO ${rto} s, at most ${rtoSeconds}`);
  context.held(
    `RPO ${rpo.toFixed(1)} s (asked: ${rpoSeconds}), RTO ${rto.toFixed(1)} s with all checks (asked: ${rtoSeconds})`,
  );
}

/** Somebody's mistake is undone: the moment before it, exactly. */
async function tryMoment(lost: Lost, moment: Date, expected: number): Promise<void> {
  const { context, around, backups } = lost;
  const restored = await restore(around, backups, { name: "moment", until: moment });
  const before = await rowsBefore(restored, moment);
  const after = await rowsBefore(restored, new Date(Date.now() + 3_600_000));
  await restored.program.stop();
  // What was committed while the moment was written down may be on either side of it.
  const slack = 200;
  must(
    Math.abs(before - expected) <= slack && after - before <= slack,
    `${before} rows before the moment (${expected} were there), ${after - before} after it`,
  );
  context.held(`restored to a moment under load: ${before} of ${expected} rows, nothing later`);
}
