import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { nodeArguments } from "../node-arguments";
import { PlanError } from "../plan/plan-error";

export interface PolicyServerArgs {
  /** Folder of the pack, with its PulumiPolicy.yaml. */
  readonly packDirectory: string;
  readonly project: string;
  /** A pack that hangs while it loads is given up then. Default: 30. */
  readonly startSeconds?: number;
}

/** The policy server of @pulumi/policy, as the engine starts it, in a process of its own. */
export interface PolicyServer {
  /** Port on the local machine, once the pack is loaded. */
  readonly port: Promise<number>;
  readonly pid: number | undefined;
  stop(): void;
}

/**
 * Starts the pack and returns at once: it loads on the second core while the program runs.
 * @throws PlanError if there is no pack.
 */
export function startPolicyServer(args: PolicyServerArgs): PolicyServer {
  const packDirectory = resolve(args.packDirectory);
  for (const file of ["PulumiPolicy.yaml", "package.json"]) {
    if (existsSync(join(packDirectory, file))) continue;
    throw new PlanError(`policy pack: ${packDirectory} has no ${file}`);
  }
  const child = spawn(process.execPath, [...nodeArguments, servePack, packDirectory], {
    cwd: packDirectory,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PULUMI_PROJECT: args.project },
  });
  const stop = (): void => void child.kill("SIGKILL");
  process.once("exit", stop);
  const port = readPort(child, args.startSeconds ?? 30);
  // Whoever awaits it hears of a failure; until then it is nobody's mistake.
  port.catch(() => undefined);
  return {
    port,
    pid: child.pid,
    stop: () => {
      process.off("exit", stop);
      stop();
    },
  };
}

const servePack = join(__dirname, "serve-pack.ts");

/** The server's first line on its output is its port; a pack that cannot be loaded says why on the error output. */
function readPort(child: ChildProcess, startSeconds: number): Promise<number> {
  return new Promise((settle, fail) => {
    let output = "";
    let errors = "";
    const limit = setTimeout(() => {
      child.kill("SIGKILL");
      fail(new PlanError(`policy pack: not loaded after ${startSeconds} s${quoted(errors)}`));
    }, startSeconds * 1000);
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const port = /^(\d+)\r?\n/m.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(limit);
      settle(Number(port));
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.on("error", (error) => {
      clearTimeout(limit);
      fail(new PlanError(`policy pack: cannot be started: ${error.message}`));
    });
    child.on("close", (code) => {
      clearTimeout(limit);
      fail(new PlanError(`policy pack: ended with ${code ?? "a signal"}${quoted(errors)}`));
    });
  });
}

function quoted(errors: string): string {
  const text = errors.trim();
  return text === "" ? "" : `:\n${text}`;
}
