import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "pg";
import { type Login, newPassword, withConnection } from "../../../functions/shared/postgres";
import { asOwner, findBinaries, isRoot, makeCertificate, owner } from "../database/server";
import { freePorts, type RunningProgram, type Stage, waitFor } from "../processes";

/** What a PostgreSQL that archives its log, and its restored likes, have in common. */
export interface Surroundings {
  readonly stage: Stage;
  readonly binaries: string;
  readonly certificate: string;
  readonly password: string;
  /** Where segments of the log and base backups go: what outlives the machine. */
  readonly archive: string;
}

export interface Cluster {
  readonly program: RunningProgram;
  readonly data: string;
  readonly login: Login;
}

const host = "localhost";
const user = "platform";
const startSeconds = 120;

export function prepare(stage: Stage): Surroundings {
  // The server refuses root, and another user has to get through to its folder.
  chmodSync(stage.folder, 0o711);
  const home = join(stage.folder, "home");
  const archive = join(stage.folder, "archive");
  mkdirSync(home);
  for (const folder of ["wal", "base"]) mkdirSync(join(archive, folder), { recursive: true });
  const certificate = makeCertificate(home, host);
  const password = newPassword();
  writeFileSync(join(home, "password"), password);
  giveToOwner(home);
  giveToOwner(archive);
  return { stage, binaries: findBinaries(), certificate, password, archive };
}

export function giveToOwner(folder: string): void {
  if (isRoot()) execFileSync("chown", ["-R", `${owner}:`, folder]);
}

/** As Aurora is asked to be: pages and rows carry a sum; every second of the log is outside of the machine. */
export async function startPrimary(around: Surroundings, archiveSeconds: number): Promise<Cluster> {
  const data = join(around.stage.folder, "home", "primary");
  const { program, args } = asOwner(join(around.binaries, "initdb"));
  await around.stage.run({
    name: "initdb",
    program,
    args: [
      ...args,
      ...["-D", data, "-U", user, "--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums"],
      ...["--pwfile", join(around.stage.folder, "home", "password"), "--no-sync"],
    ],
  });
  writeFileSync(
    join(data, "pg_hba.conf"),
    "hostssl all all 127.0.0.1/32 scram-sha-256\nhostssl replication all 127.0.0.1/32 scram-sha-256\n",
  );
  const wal = join(around.archive, "wal");
  return start(around, {
    name: "primary",
    data,
    settings: {
      wal_level: "replica",
      archive_mode: "on",
      // Whole before it has its name: a segment that was cut off is none.
      archive_command: `test ! -f ${wal}/%f && cp %p ${wal}/%f.part && mv ${wal}/%f.part ${wal}/%f`,
      // However little is written, so much at most is only on the machine.
      archive_timeout: `${archiveSeconds}s`,
    },
  });
}

export async function takeBaseBackup(around: Surroundings, { login }: Cluster): Promise<string> {
  const target = join(around.archive, "base", "1");
  const { program, args } = asOwner(join(around.binaries, "pg_basebackup"));
  await around.stage.run({
    name: "basebackup",
    program,
    args: [
      ...args,
      ...["-D", target, "-h", login.host, "-p", `${login.port}`, "-U", user],
      ...["-X", "none", "-c", "fast", "--no-sync", "--manifest-checksums=SHA256"],
    ],
    environment: {
      PATH: process.env["PATH"],
      PGPASSWORD: login.password,
      PGSSLMODE: "verify-full",
      PGSSLROOTCERT: around.certificate,
    },
  });
  return target;
}

export interface RestoreArgs {
  readonly name: string;
  readonly base: string;
  /** Folder of segments. */
  readonly wal: string;
  /** Default: as far as the log goes. */
  readonly until?: Date;
}

/** A new server out of base backup and log, up to a moment. */
export async function restore(around: Surroundings, args: RestoreArgs): Promise<Cluster> {
  const data = join(around.stage.folder, "home", args.name);
  execFileSync("cp", ["-a", args.base, data]);
  writeFileSync(join(data, "recovery.signal"), "");
  giveToOwner(data);
  chmodSync(data, 0o700);
  const cluster = await start(around, {
    name: args.name,
    data,
    settings: {
      archive_mode: "off",
      restore_command: `cp ${args.wal}/%f %p`,
      recovery_target_action: "promote",
      ...(args.until !== undefined && {
        // It knows no T and no Z.
        recovery_target_time: args.until.toISOString().replace("T", " ").replace("Z", "+00"),
      }),
    },
  });
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
  readonly settings: Readonly<Record<string, string>>;
}

async function start(around: Surroundings, { name, data, settings }: Start): Promise<Cluster> {
  const [port = 0] = await freePorts(1);
  const { program, args } = asOwner(join(around.binaries, "postgres"));
  const all = {
    ...{ listen_addresses: "127.0.0.1", port: `${port}`, unix_socket_directories: "" },
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
