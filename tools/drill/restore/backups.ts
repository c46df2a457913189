import { copyFileSync, chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { asOwner } from "../database/server";
import { debianFiles } from "../debian-tools";
import type { DrillContext } from "../registry";
import { giveToOwner, type Surroundings } from "./cluster";
import { createBucket, listObjects } from "./object-store";

/** pgBackRest, which keeps base backups and the log of one PostgreSQL in a bucket. */
export interface Backups {
  readonly bucket: string;
  /** Of everything that it keeps. */
  readonly prefix: string;
  /** What the server calls with each segment of its log. */
  readonly archiveCommand: string;
  readonly run: (name: string, ...args: readonly string[]) => Promise<string>;
}

const bucket = "backups";
const prefix = "kept";
const stanza = "drill";

export interface Primary {
  readonly data: string;
  readonly port: number;
  readonly socketFolder: string;
  readonly user: string;
}

/** Sets it up for a server that is yet to start. */
export async function prepareBackups(
  around: Surroundings,
  primary: Primary,
  context: DrillContext,
): Promise<Backups> {
  const { stage, store } = around;
  await createBucket(store, bucket);
  // Whoever owns the server starts it too, and cannot look into the cache of tools.
  const home = join(stage.folder, "backups");
  mkdirSync(home);
  const program = join(home, "pgbackrest");
  copyFileSync(join(await debianFiles("pgbackrest", context), "usr/bin/pgbackrest"), program);
  chmodSync(program, 0o755);
  const configuration = join(home, "pgbackrest.conf");
  writeFileSync(configuration, settings(around, primary, home), { mode: 0o600 });
  giveToOwner(home);
  const always = [`--config=${configuration}`, `--stanza=${stanza}`];
  const owned = asOwner(program);
  return {
    bucket,
    prefix: `${prefix}/`,
    archiveCommand: `${program} ${always.join(" ")} archive-push %p`,
    run: (name, ...args) =>
      stage.run({
        name,
        program: owned.program,
        args: [...owned.args, ...always, ...args],
        environment: { PATH: process.env["PATH"], PGPASSWORD: around.password },
      }),
  };
}

/** @see https://pgbackrest.org/configuration.html */
function settings({ store, certificate }: Surroundings, primary: Primary, home: string): string {
  return [
    "[global]",
    "repo1-type=s3",
    `repo1-path=/${prefix}`,
    `repo1-s3-bucket=${bucket}`,
    "repo1-s3-endpoint=localhost",
    `repo1-s3-region=${store.region}`,
    `repo1-s3-key=${store.environment["AWS_ACCESS_KEY_ID"]}`,
    `repo1-s3-key-secret=${store.environment["AWS_SECRET_ACCESS_KEY"]}`,
    "repo1-s3-uri-style=path",
    `repo1-storage-port=${store.tlsPort}`,
    `repo1-storage-ca-file=${certificate}`,
    "repo1-retention-full=1",
    "repo1-bundle=y",
    "compress-type=lz4",
    "start-fast=y",
    "log-level-console=warn",
    "log-level-file=off",
    `lock-path=${home}`,
    `[${stanza}]`,
    `pg1-path=${primary.data}`,
    `pg1-port=${primary.port}`,
    `pg1-socket-path=${primary.socketFolder}`,
    `pg1-user=${primary.user}`,
    "",
  ].join("\n");
}

/** The first whole backup of a server that runs; fails too if its log does not arrive in the bucket. */
export async function takeBaseBackup(backups: Backups): Promise<void> {
  await backups.run("stanza-create", "stanza-create");
  await backups.run("base-backup", "--type=full", "backup");
}

const infoSchema = z.array(
  z.object({
    backup: z.array(z.object({ archive: z.object({ stop: z.string() }), label: z.string() })),
  }),
);

/** What is in the bucket. */
export async function keptObjects(
  backups: Backups,
  { store }: Surroundings,
): Promise<{
  /** Of the base backup. */
  readonly largestPart: string;
  /** The segment of the log right behind those that the base backup needs: without it all that came later is lost. */
  readonly nextSegment: string;
}> {
  const info = infoSchema.parse(JSON.parse(await backups.run("info", "info", "--output=json")));
  const base = info[0]?.backup[0];
  if (base === undefined) throw new Error("pgBackRest knows no backup");
  const objects = await listObjects(store, backups);
  const [largest] = objects
    .filter(({ key }) => key.includes(`/${base.label}/`) && !key.includes("backup.manifest"))
    .sort((one, other) => other.bytes - one.bytes);
  const [nextSegment] = objects
    .map(({ key }) => key)
    .filter((key) => {
      const segment = /\/([0-9A-F]{24})-[0-9a-f]{40}/.exec(key)?.[1];
      return segment !== undefined && segment > base.archive.stop;
    });
  if (largest === undefined || nextSegment === undefined)
    throw new Error(`the bucket lacks a base backup or its log: ${objects.length} objects`);
  return { largestPart: largest.key, nextSegment };
}
