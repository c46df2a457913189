import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isNeighbour } from "../../../components/shared/secret-names";
import { nodeArguments } from "../../node-arguments";
import { waitFor } from "../processes";
import { applyPlanned, readClusterSecret, refreshSeconds } from "./cluster";
import { readSecret } from "./emulator";
import { makeStoreUser, renderTemplates } from "./store-users";
import { rotateSecret } from "./rotation";
import {
  arrive,
  differing,
  environment,
  everySecret,
  idOf,
  type Expected,
  type Trial,
} from "./trial";

/** As a first deployment leaves it: everything is there but the values. */
export async function tryUnfilled(trial: Trial): Promise<void> {
  const { context, planned, controlPlane } = trial;
  await applyPlanned(controlPlane.api, planned);
  await everySecret(trial, (ready) => !ready, "to be found not filled");
  for (const { metadata } of planned.externalSecrets) {
    const { namespace = "", name } = metadata;
    const made = await readClusterSecret(controlPlane.api, { namespace, name });
    if (made !== undefined)
      throw new Error(`${namespace}/${name}: is there before its secret is filled`);
  }
  context.held(
    `none of ${planned.externalSecrets.length} Secrets is there while its secret holds the marker alone; each says that it is not ready`,
  );
}

/** Killed in the middle of its writes, and run again. */
export async function tryMigration(trial: Trial): Promise<Expected> {
  const { context } = trial;
  await makeWithoutPeople(trial);
  await killMigration(trial);
  await migrate(trial, "killed");
  const expected = await readExpected(trial);
  const seconds = (await arrive(trial, expected)).toFixed(1);
  const count = [...expected.values()].flatMap((values) => Object.keys(values)).length;
  context.held(
    `${expected.size} Secrets of the cluster hold exactly the ${count} values, compared by hash, ` +
      `${seconds} s after the migration ended`,
  );
  return expected;
}

/** With SIGKILL, as soon as it says that some but not all is written. */
async function killMigration(trial: Trial): Promise<void> {
  const { context, stage } = trial;
  const running = stage.start({
    ...migrationCommand(trial, "killed"),
    name: "migrate-to-be-killed",
    program: process.execPath,
    args: [...nodeArguments, "tools/cli.ts", ...migrationArguments(trial, "killed")],
  });
  const written = (): string | undefined =>
    /writing (3\/\d+)/u.exec(readFileSync(running.logFile, "utf8"))?.[1];
  // The whole takes about a second: `waitFor` would look too seldom.
  while (written() === undefined && running.ending() === undefined) await sleep(2);
  process.kill(running.pid, "SIGKILL");
  await waitFor({ what: "its end", seconds: 10, needs: [] }, () => running.ending());
  if (running.ending() !== "signal SIGKILL")
    throw new Error(`the migration was over before it could be killed: ${running.ending()}`);
  context.held(`a migration is killed at write ${written()}, and goes on when it is run again`);
}

/** The emulator forgets everything; the cluster must not. */
export async function tryRestart(trial: Trial, expected: Expected): Promise<void> {
  const { context, planned } = trial;
  await trial.emulator.program.stop();
  await everySecret(trial, (ready) => !ready, "to notice that AWS is away");
  trial.emulator.client.destroy();
  trial.emulator = await trial.startAws();
  await sleep(3 * refreshSeconds * 1000);
  const lost = await differing(trial, expected);
  if (lost.length > 0) throw new Error(`lost while AWS was away or empty: ${lost.join(", ")}`);
  context.held(
    `all ${planned.externalSecrets.length} Secrets keep their values while AWS is away, and while it is back but empty`,
  );
  await makeWithoutPeople(trial);
  await migrate(trial, "again");
  const seconds = await arrive(trial, await readExpected(trial));
  await everySecret(trial, (ready) => ready, "to be in sync again");
  context.held(`after a second migration the same values arrive, ${seconds.toFixed(1)} s later`);
}

/** What is done without people: new keys are rotated at once, and the functions of the stores make their users. */
async function makeWithoutPeople({ planned, emulator }: Trial): Promise<void> {
  for (const { name, tags } of planned.secrets)
    if (tags["rotation"] === "generated") await rotateSecret(emulator, name);
  for (const { spec } of planned.externalSecrets) await makeStoreUser(emulator, planned, spec);
}

/** Runs what people run, and looks whether it tells any value. */
async function migrate(trial: Trial, run: string): Promise<void> {
  const { context, set } = trial;
  const out = outOf(trial, run);
  const output = await trial.stage.run({
    ...migrationCommand(trial, run),
    program: "npm",
    args: ["run", "--silent", ...migrationArguments(trial, run).toSpliced(1, 0, "--")],
  });
  const written = [out, join(set.composeFile, "..")].flatMap(readWritten);
  const telltale = set.values.filter((value) =>
    [output, ...written].some((text) => text.includes(value)),
  );
  if (telltale.length > 0)
    throw new Error(`${telltale.length} values are shown or written by the migration`);
  context.held(
    `migrates ${set.values.length} credentials; none is in its output, its ${written.length} reports and cleaned files`,
  );
}

function outOf({ stage }: Trial, run: string): string {
  return join(stage.folder, `migration-${run}`);
}

function migrationCommand({ context, stage, emulator }: Trial, run: string) {
  return {
    name: `migrate-${run}`,
    directory: context.projectDirectory,
    environment: { PATH: process.env["PATH"], HOME: stage.folder, ...emulator.environment },
  };
}

function migrationArguments(trial: Trial, run: string): string[] {
  const maps = ["celery-worker=automatrix-worker", "neuroweaver-backend=neuroweaver-api"];
  return [
    ...["secrets", "migrate", "--env", environment, "--out", outOf(trial, run)],
    ...maps.flatMap((map) => ["--map", map]),
    ...[trial.set.composeFile, trial.set.envFile],
  ];
}

/** Everything below the folder but what the migration was given. */
function readWritten(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !given.has(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
}

const given = new Set(["compose.yaml", "stack.env", "api.env"]);

/** The values of the Compose file, and beside them what the platform makes itself: that is read from the store. */
async function readExpected({ planned, emulator, set }: Trial): Promise<Expected> {
  const expected = new Map<string, Readonly<Record<string, string>>>();
  for (const object of planned.externalSecrets) {
    const { data, target } = object.spec;
    const path = data[0]?.remoteRef.key ?? "";
    const stored = await readSecret(emulator, path);
    const migrated = set.expected[path.split("/").slice(2).join("/")];
    const values =
      target.template !== undefined
        ? renderTemplates(target.template.data, stored)
        : Object.fromEntries(
            data.map(({ secretKey, remoteRef }) => [
              secretKey,
              migrated === undefined || isNeighbour(secretKey)
                ? stored[remoteRef.property]
                : migrated[secretKey],
            ]),
          );
    const lacking = Object.entries(values).filter(([, value]) => value === undefined);
    if (lacking.length > 0)
      throw new Error(
        `${path}: the drill has no value for ${lacking.map(([name]) => name).join(", ")}`,
      );
    expected.set(idOf(object), values as Record<string, string>);
  }
  return expected;
}
