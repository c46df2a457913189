import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A program of a drill, to be started. */
export interface ProgramStart {
  /** Names its log in the folder of the drill. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Default: the folder of the drill. */
  readonly directory?: string;
  /** All that it sees. Default: the path, and the folder of the drill as home, so that nobody's own settings are read. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface RunningProgram {
  readonly name: string;
  readonly pid: number;
  /** What it wrote to either output. */
  readonly logFile: string;
  /** How it ended, or undefined while it runs. */
  readonly ending: () => string | undefined;
  /** Asks it to end and kills it if it has not after ten seconds. */
  readonly stop: () => Promise<void>;
  /** Ends it at once, as a machine that is gone does. */
  readonly kill: () => Promise<void>;
}

/** Where a drill runs. Its programs and its folder are gone when the drill ends, however that is. */
export interface Stage {
  readonly folder: string;
  readonly start: (command: ProgramStart) => RunningProgram;
  /** Runs a program to its end, and gives what it wrote. @throws Error with the last lines unless its exit code is 0. */
  readonly run: (command: ProgramStart) => Promise<string>;
}

interface Child {
  readonly process: ChildProcess;
  readonly running: RunningProgram;
  readonly closed: Promise<void>;
}

const graceMilliseconds = 10_000;
const shownLines = 15;
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Runs a drill on a stage of its own and clears it afterwards: on success, on failure, and on a signal, which then ends us. */
export async function onStage<T>(name: string, play: (stage: Stage) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), `auterity-${name}-`));
  const children: Child[] = [];
  const killAll = (): void => {
    for (const { process: child } of children) if (isAlive(child)) child.kill("SIGKILL");
  };
  // Of a process that exits, nothing that takes time is done any more.
  const onExit = (): void => {
    killAll();
    rmSync(folder, { recursive: true, force: true });
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    void clear().then(() => process.kill(process.pid, signal));
  };
  const clear = async (): Promise<void> => {
    killAll();
    await Promise.all(children.map(({ closed }) => closed));
    onExit();
    for (const signal of signals) process.off(signal, onSignal);
    process.off("exit", onExit);
  };
  process.on("exit", onExit);
  for (const signal of signals) process.on(signal, onSignal);
  const start = (command: ProgramStart): Child => {
    const child = startIn(folder, command);
    children.push(child);
    return child;
  };
  try {
    return await play({
      folder,
      start: (command) => start(command).running,
      run: async (command) => {
        const { closed, running } = start(command);
        await closed;
        if (running.ending() !== "exit code 0") throw new Error(describeEnding(running));
        return readFileSync(running.logFile, "utf8");
      },
    });
  } finally {
    await clear();
  }
}

function startIn(folder: string, command: ProgramStart): Child {
  const { name, program, args, directory = folder } = command;
  const logFile = join(folder, `${name}.log`);
  const log = openSync(logFile, "a");
  const home = { PATH: process.env["PATH"], HOME: folder, TMPDIR: folder };
  const child = spawn(program, args, {
    cwd: directory,
    env: { ...home, ...command.environment },
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  let ending: string | undefined;
  const closed = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      ending ??= error.message;
      resolve();
    });
    child.once("close", (code, signal) => {
      ending ??= signal === null ? `exit code ${code}` : `signal ${signal}`;
      resolve();
    });
  });
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    const impatience = setTimeout(() => child.kill("SIGKILL"), graceMilliseconds);
    await closed;
    clearTimeout(impatience);
  };
  const kill = (): Promise<void> => {
    child.kill("SIGKILL");
    return closed;
  };
  const running = { name, pid: child.pid ?? 0, logFile, ending: () => ending, stop, kill };
  return { process: child, closed, running };
}

function isAlive({ exitCode, signalCode, pid }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}

/** How it ended, with the end of its log. */
function describeEnding({ name, ending, logFile }: RunningProgram): string {
  const lines = readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-shownLines);
  return [`${name}: ${ending() ?? "still runs"}; its log ends with`, ...lines].join("\n    ");
}

export interface Wait {
  /** Completes "waited in vain for". */
  readonly what: string;
  readonly seconds: number;
  /** Programs without which there is nothing to wait for. */
  readonly needs: readonly RunningProgram[];
}

/**
 * The first answer of the probe that is not undefined, asked five times a second.
 * @returns The seconds that it took, too.
 * @throws Error after the limit, or as soon as a program that is needed has ended; with the end of the logs.
 */
export async function waitFor<T>(
  wait: Wait,
  probe: () => Promise<T | undefined> | T | undefined,
): Promise<{ readonly value: T; readonly seconds: number }> {
  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 1000;
  for (;;) {
    const value = await probe();
    if (value !== undefined) return { value, seconds: elapsed() };
    const ended = wait.needs.filter(({ ending }) => ending() !== undefined);
    const [first] = ended;
    if (first !== undefined) throw new Error(`${wait.what}: ${describeEnding(first)}`);
    if (elapsed() > wait.seconds) {
      const logs = wait.needs.map(describeEnding);
      throw new Error([`waited ${wait.seconds} s in vain for ${wait.what}`, ...logs].join("\n  "));
    }
    await sleep(200);
  }
}

/** True as soon as the address answers with a good status. */
export async function answers(url: string): Promise<true | undefined> {
  try {
    const { ok } = await fetch(url, { signal: AbortSignal.timeout(2000) });
    return ok ? true : undefined;
  } catch {
    return undefined;
  }
}

/** Ports that nobody listens on now, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  try {
    return await Promise.all(
      servers.map(
        (server) =>
          new Promise<number>((resolve, reject) => {
            server.once("error", reject);
            server.listen(0, "127.0.0.1", () => {
              const address = server.address();
              resolve(typeof address === "object" && address !== null ? address.port : 0);
            });
          }),
      ),
    );
  } finally {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}
