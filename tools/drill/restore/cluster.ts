import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "pg";
import { type Login, newPassword, withConnection } from "../../../functions/shared/postgres";
import { asOwner, findBinaries, isRoot, makeCertificate, owner } from "../database/server";
import { freePorts, type RunningProgram, type Stage, waitFor } from "../processes";
import { pythonTool } from "../python-tools";
import type { DrillContext } from "../registry";
import { type Backups, prepareBackups } from "./backups";
import { type ObjectStore, startObjectStore } from "./object-store";

/** What a PostgreSQL and its restored likes have in common. */
export interface Surroundings {
  readonly stage: Stage;
  readonly binaries: string;
  readonly certificate: string;
  readonly password: string;
  /** What outlives the machine. */
  readonly store: ObjectStore;
}

export interface Cluster {
  readonly program: RunningProgram;
  readonly data: string;
  readonly login: Login;
}

const host = "localhost";
const user = "platform";
const startSeconds = 120;

export async function prepare(stage: Stage, context: DrillContext): Promise<Surroundings> {
  // The server refuses root, and another user has to get through to its folder.
  chmodSync(stage.folder, 0o711);
  const home = join(stage.folder, "home");
  mkdirSync(home);
  const binaries = findBinaries();
  const certificate = makeCertificate(home, host);
  const password = newPassword();
  writeFileSync(join(home, "password"), password);
  const python = await pythonTool("moto", context);
  const store = await startObjectStore(stage, { python, certificate });
  giveToOwner(home);
  return { stage, binaries, certificate, password, store };
}

export function giveToOwner(folder: string): void {
  if (isRoot()) execFileSync("chown", ["-R", `${owner}:`, folder]);
}

export interface Primary extends Cluster {
  readonly backups: Backups;
}

/** As Aurora is asked to be: pages carry a sum; every second of the log is outside of the machine. */
export async function startPrimary(
  around: Surroundings,
  archiveSeconds: number,
  context: DrillContext,
): Promise<Primary> {
  const home = join(around.stage.folder, "home");
  const data = join(home, "primary");
  const { program, args } = asOwner(join(around.binaries, "initdb"));
  await around.stage.run({
    name: "initdb",
    program,
    args: [
      ...args,
      ...["-D", data, "-U", user, "--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums"],
      ...["--pwfile", join(home, "password"), "--no-sync"],
    ],
  });
  writeFileSync(
    join(data, "pg_hba.conf"),
    "local all all scram-sha-256\nhostssl all all 127.0.0.1/32 scram-sha-256\n",
  );
  const [port = 0] = await freePorts(1);
  const at = { data, port, socketFolder: home, user };
  const backups = await prepareBackups(around, at, context);
  const cluster = await start(around, {
    ...{ name: "primary", data, port },
    settings: {
      unix_socket_directories: home,
      wal_level: "replica",
      archive_mode: "on",
      archive_command: backups.archiveCommand,
      // However little is written, so much at most is only on the machine.
      archive_timeout: `${archiveSeconds}s`,
    },
  });
  return { ...cluster, backups };
}

export interface RestoreArgs {
  readonly name: string;
  /** In the bucket. Default: where the backups are. */
  readonly prefix?: string;
  /** Default: as far as the log goes. */
  readonly until?: Date;
  /** Done to the files before the server starts. */
  readonly damage?: (data: string) => void;
}

/** A new server out of base backup and log, up to a moment. */
export async function restore(
  around: Surroundings,
  backups: Backups,
  args: RestoreArgs,
): Promise<Cluster> {
  const { name, prefix = backups.prefix, until } = args;
  const data = join(around.stage.folder, "home", name);
  mkdirSync(data, { mode: 0o700 });
  giveToOwner(data);
  await backups.run(
    `restore-${name}`,
    `--pg1-path=${data}`,
    `--repo1-path=/${prefix.replace(/\/$/, "")}`,
    // It knows no T and no Z.
    ...(until === undefined
      ? []
      : [
          "--type=time",
          `--target=${until.toISOString().replace("T", " ").replace("Z", "+00")}`,
          "--target-action=promote",
        ]),
    "restore",
  );
  args.damage?.(data);
  return recover(around, name, data);
}

/** A copy of a disk that was lost, started again with what of the log is on it. */
export async function restart(around: Surroundings, name: string, disk: string): Promise<Cluster> {
  const data = join(around.stage.folder, "home", name);
  execFileSync("cp", ["-a", disk, data]);
  rmSync(join(data, "postmaster.pid"), { force: true });
  return recover(around, name, data);
}

async function recover(around: Surroundings, name: string, data: string): Promise<Cluster> {
  const [port = 0] = await freePorts(1);
  const settings = { archive_mode: "off", unix_socket_directories: "" };
  const cluster = await start(around, { name, data, port, settings });
  await waitFor(
    { what: "the end of the recovery", seconds: startSeconds, needs: [cluster.program] },
    () =>
      withConnection(cluster.login, async (client) => {
        const { rows } = await client.query<{ going: boolean }>(
          "SELECT pg_is_in_recovery() AS going",
        );
        return rows[0]?.going === false ? true : undefined;
      }),
  );
  return cluster;
}

interface Start {
  readonly name: string;
  readonly data: string;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
}

async function start(
  around: Surroundings,
  { name, data, port, settings }: Start,
): Promise<Cluster> {
  const { program, args } = asOwner(join(around.binaries, "postgres"));
  const all = {
    ...{ listen_addresses: "127.0.0.1", port: `${port}` },
    ...{ ssl: "on", ssl_cert_file: around.certificate },
    ssl_key_file: around.certificate.replace(".crt", ".key"),
    ...settings,
  };
  const running = around.stage.start({
    name,
    program,
    args: [
      ...args,
      ...["-D", data],
      ...Object.entries(all).flatMap(([key, value]) => ["-c", `${key}=${value}`]),
    ],
  });
  const login = { host, port, username: user, password: around.password, dbname: "postgres" };
  await waitFor({ what: `PostgreSQL ${name}`, seconds: startSeconds, needs: [running] }, () =>
    withConnection(login, () => Promise.resolve(true as const)).catch(() => undefined),
  );
  return { program: running, data, login };
}

export function on<T>({ login }: Cluster, work: (client: Client) => Promise<T>): Promise<T> {
  return withConnection(login, work);
}
