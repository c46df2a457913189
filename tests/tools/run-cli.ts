import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { nodeArguments } from "../../tools/node-arguments";

const tools = resolve(__dirname, "../../tools");
export const fixtures = resolve(__dirname, "fixtures");

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command as people do, in a process of its own that is no terminal. */
export function runCli(args: readonly string[], signalAfter?: SignalAfter): Promise<Ended> {
  const child = spawn(process.execPath, [...nodeArguments, join(tools, "cli.ts"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (signalAfter !== undefined)
    setTimeout(() => child.kill(signalAfter.signal), signalAfter.milliseconds);
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  return new Promise((settle, fail) => {
    child.on("error", fail);
    child.on("close", (code) => {
      settle({ code, ...output });
    });
  });
}

interface SignalAfter {
  readonly signal: NodeJS.Signals;
  readonly milliseconds: number;
}

/** A folder of the test's own, removed at its end. */
export async function withFolder<T>(use: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "auterity-test-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every file below a folder, by its path in it. */
export function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
