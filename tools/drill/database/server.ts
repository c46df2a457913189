import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { newPassword } from "../../../functions/shared/postgres";
import { installPackage } from "../debian-tools";
import { freePorts, waitFor, type RunningProgram, type Stage } from "../processes";
import { MissingProgramError } from "../tool-cache";

const versionsFolder = "/usr/lib/postgresql";
const startSeconds = 60;
export const owner = "postgres";

/** A PostgreSQL that takes encrypted connections alone, with the roles and databases that a new cluster of Aurora has. */
export interface Server {
  readonly host: string;
  readonly port: number;
  readonly version: string;
  readonly program: RunningProgram;
  /** What its certificate is checked against, and another that knows nothing of it. */
  readonly certificates: { readonly own: string; readonly strange: string };
  /** Of the administrator, who is no superuser, as in Aurora. */
  readonly master: { readonly username: string; readonly password: string };
}

export async function startServer(stage: Stage): Promise<Server> {
  const binaries = findBinaries();
  const host = "localhost";
  const [port = 0] = await freePorts(1);
  // The server refuses root, and another user has to get through to its folder.
  chmodSync(stage.folder, 0o711);
  const home = join(stage.folder, "postgres");
  mkdirSync(home);
  const own = makeCertificate(home, host);
  const strange = makeCertificate(join(stage.folder), "stranger");
  const superPassword = newPassword();
  writeFileSync(join(home, "password"), superPassword);
  if (isRoot()) execFileSync("chown", ["-R", `${owner}:`, home]);
  const data = join(home, "data");
  await stage.run({
    ...asOwner(join(binaries, "initdb")),
    name: "initdb",
    args: [
      ...asOwner(join(binaries, "initdb")).args,
      ...["-D", data, "-U", "rdsadmin", "--auth=scram-sha-256", "--encoding=UTF8"],
      ...["--pwfile", join(home, "password"), "--no-sync"],
    ],
  });
  writeFileSync(join(data, "pg_hba.conf"), "hostssl all all 127.0.0.1/32 scram-sha-256\n");
  const settings = {
    ...{ listen_addresses: "127.0.0.1", port, unix_socket_directories: "", fsync: "off" },
    ...{ ssl: "on", ssl_cert_file: own, ssl_key_file: own.replace(".crt", ".key") },
    // All that is sent is in the log, so that it can be searched for passwords.
    ...{ log_statement: "all", log_connections: "on" },
  };
  const postgres = asOwner(join(binaries, "postgres"));
  const program = stage.start({
    name: "postgres",
    program: postgres.program,
    args: [
      ...postgres.args,
      ...["-D", data],
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
  });
  const certificates = { own, strange };
  const login = { host, port, certificate: own };
  const rdsadmin = { ...login, user: "rdsadmin", password: superPassword };
  const wait = { what: "PostgreSQL", seconds: startSeconds, needs: [program] };
  const { value: version } = await waitFor(wait, () =>
    query(rdsadmin, "SHOW server_version").catch(() => undefined),
  );
  const master = { username: "platform", password: newPassword() };
  await query(
    rdsadmin,
    `CREATE ROLE platform LOGIN CREATEROLE CREATEDB PASSWORD '${master.password}'`,
  );
  await query(rdsadmin, "ALTER DATABASE postgres OWNER TO platform");
  return { host, port, version, program, certificates, master };
}

interface Query {
  readonly host: string;
  readonly port: number;
  readonly certificate: string;
  readonly user: string;
  readonly password: string;
}

async function query({ certificate, ...login }: Query, statement: string): Promise<string> {
  const client = new Client({
    ...{ ...login, database: "postgres" },
    ssl: { ca: readFileSync(certificate, "utf8") },
  });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, string>>(statement);
    return Object.values(rows[0] ?? {})[0] ?? "";
  } finally {
    await client.end();
  }
}

export function findBinaries(): string {
  const find = (): string | undefined => {
    try {
      const newest = readdirSync(versionsFolder)
        .filter((name) => /^\d+$/.test(name))
        .sort((one, other) => Number(other) - Number(one))[0];
      return newest && join(versionsFolder, newest, "bin");
    } catch {
      return undefined;
    }
  };
  const found = find() ?? (installPackage("postgresql"), find());
  if (found === undefined)
    throw new MissingProgramError(`postgres: apt-get installed none in ${versionsFolder}`);
  return found;
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

export function asOwner(program: string): {
  readonly program: string;
  readonly args: readonly string[];
} {
  return isRoot()
    ? {
        program: "setpriv",
        args: ["--reuid", owner, "--regid", owner, "--clear-groups", "--", program],
      }
    : { program, args: [] };
}

/** Signed by itself: it is its own authority. */
export function makeCertificate(folder: string, host: string): string {
  const certificate = join(folder, `${host}.crt`);
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", `/CN=${host}`],
      ...["-addext", `subjectAltName=DNS:${host}`, "-out", certificate],
      ...["-keyout", join(folder, `${host}.key`)],
    ],
    { stdio: "ignore" },
  );
  return certificate;
}
