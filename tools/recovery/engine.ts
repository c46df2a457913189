import { spawn } from "node:child_process";

/** What a call of `pulumi` ended with. "missing": there is none here. "late": it was ended. */
export interface Ran {
  readonly code: number | "missing" | "late";
  readonly stdout: string;
  readonly stderr: string;
}

/** Calls `pulumi`, and gives up after that many seconds. */
export type Engine = (args: readonly string[], seconds: number) => Promise<Ran>;

/** A process that ignores the first signal is ended for good. */
const graceMilliseconds = 5000;

/**
 * Pulumi's own library for programs (`@pulumi/pulumi/automation`) is not used: it makes the stack the one that is chosen
 * on this machine, so that a later `pulumi up` of somebody meets it; it exports a state with its secrets decrypted; and
 * where time is up it ends the npm package's wrapper alone, not the engine behind it.
 */
export function openEngine(directory: string): Engine {
  return (args, seconds) =>
    new Promise((settle) => {
      const child = spawn("npx", ["--no-install", "pulumi", ...args, "--non-interactive"], {
        cwd: directory,
        stdio: ["ignore", "pipe", "pipe"],
        // A group of its own, so that all of it can be ended.
        detached: true,
        env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true", NO_COLOR: "1" },
      });
      const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
      let isLate = false;
      child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
      child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
      const end = (signal: NodeJS.Signals): void => {
        isLate = true;
        signalGroup(child.pid, signal);
      };
      const timers = [
        setTimeout(end, seconds * 1000, "SIGINT"),
        setTimeout(end, seconds * 1000 + graceMilliseconds, "SIGKILL"),
      ];
      const text = (chunks: Buffer[]): string => Buffer.concat(chunks).toString("utf8");
      const leave = (code: Ran["code"]): void => {
        timers.forEach(clearTimeout);
        settle({ code: isLate ? "late" : code, stdout: text(stdout), stderr: text(stderr) });
      };
      child.on("error", () => {
        leave("missing");
      });
      child.on("close", (code) => {
        leave(isAbsent(text(stderr)) ? "missing" : (code ?? 1));
      });
    });
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has just ended by itself.
  }
}

/** npx finds no package, or the package cannot fetch its engine: both say so in words of their own. */
function isAbsent(stderr: string): boolean {
  return /^(npm (error|ERR!)|pulumi: )/m.test(stderr);
}
