import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installPackage } from "../debian-tools";
import { freePorts, type Stage, waitFor } from "../processes";

/** As Debian's package rabbitmq-server installs it, without its service. */
const program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
/** A virtual machine for Erlang starts, on a machine that may be busy. */
const startSeconds = 300;

/** @throws MissingProgramError where it is missing and cannot be installed. */
export function installRabbitMq(): void {
  if (existsSync(program)) return;
  installPackage("rabbitmq-server");
}

export const firstAdministrator = {
  username: "drill-administrator",
  password: "the-first-password-of-all",
} as const;

export interface RunningBroker {
  readonly managementUrl: string;
  readonly connectionUrl: string;
  readonly seconds: number;
}

/** RabbitMQ with its management API, on ports and in a folder of its own. */
export async function startRabbitMq(stage: Stage): Promise<RunningBroker> {
  const [amqp = 0, management = 0, distribution = 0, names = 0] = await freePorts(4);
  const folder = join(stage.folder, "rabbitmq");
  mkdirSync(folder);
  writeFileSync(join(folder, "plugins"), "[rabbitmq_management].\n");
  writeFileSync(
    join(folder, "broker.conf"),
    [
      `listeners.tcp.1 = 127.0.0.1:${amqp}`,
      "management.tcp.ip = 127.0.0.1",
      `management.tcp.port = ${management}`,
      `default_user = ${firstAdministrator.username}`,
      `default_pass = ${firstAdministrator.password}`,
      "loopback_users = none\n",
    ].join("\n"),
  );
  // In the foreground: RabbitMQ itself would leave one behind.
  const registry = stage.start({
    name: "epmd",
    program: "epmd",
    args: ["-port", `${names}`, "-address", "127.0.0.1"],
  });
  const broker = stage.start({
    name: "rabbitmq",
    program,
    args: [],
    environment: {
      PATH: process.env["PATH"],
      HOME: folder,
      ERL_EPMD_PORT: `${names}`,
      // One process, without a shell before it that would leave it behind when it is killed.
      RUNNING_UNDER_SYSTEMD: "1",
      RABBITMQ_NODENAME: "drill@localhost",
      RABBITMQ_DIST_PORT: `${distribution}`,
      RABBITMQ_MNESIA_BASE: join(folder, "data"),
      RABBITMQ_LOG_BASE: join(folder, "log"),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, "plugins"),
      RABBITMQ_CONFIG_FILE: join(folder, "broker.conf"),
    },
  });
  const managementUrl = `http://127.0.0.1:${management}`;
  const { seconds } = await waitFor(
    { what: "the management API", seconds: startSeconds, needs: [registry, broker] },
    () => isServed(managementUrl),
  );
  return { managementUrl, connectionUrl: `amqp://127.0.0.1:${amqp}`, seconds };
}

async function isServed(managementUrl: string): Promise<true | undefined> {
  try {
    const { status } = await fetch(`${managementUrl}/api/whoami`, {
      headers: { authorization: basic(firstAdministrator) },
      signal: AbortSignal.timeout(5000),
    });
    return status === 200 ? true : undefined;
  } catch {
    return undefined;
  }
}

export function basic({ username = "", password = "" }: Readonly<Record<string, string>>): string {
  return `Basic ${btoa(`${username}:${password}`)}`;
}
