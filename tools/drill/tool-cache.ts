import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** What a tool is built for. */
export interface ToolContext {
  readonly projectDirectory: string;
  /** Told what is built, and how long it took. Default: the error output. */
  readonly say?: (line: string) => void;
}

/** A program that has to be on the machine is not: a drill is then skipped at home, and fails in a pipeline. */
export class MissingProgramError extends Error {
  override readonly name = "MissingProgramError";
}

export interface CachedTool {
  readonly name: string;
  /** Whatever makes another result when it changes. */
  readonly key: readonly string[];
  /** Fills the folder, which becomes the tool's if it succeeds. */
  readonly build: (folder: string) => Promise<unknown>;
  /** Waits until nobody else builds. Default: true; false for what is downloaded and costs no time of the processor. */
  readonly waits?: boolean;
}

/**
 * The folder of a built tool. The first to ask builds it, one tool at a time on a machine; a build that is cut off leaves
 * nothing that anybody would take for a tool.
 */
export async function cachedTool(tool: CachedTool, { say }: ToolContext): Promise<string> {
  const cache = toolCache();
  const hash = createHash("sha256").update(JSON.stringify(tool.key)).digest("hex").slice(0, 16);
  const folder = join(cache, `${tool.name}-${hash}`);
  if (existsSync(folder)) return folder;
  const tell = say ?? ((line: string): void => void process.stderr.write(`${line}\n`));
  mkdirSync(cache, { recursive: true });
  const unlock =
    tool.waits === false
      ? () => undefined
      : await lock(join(cache, "lock"), () => {
          tell(`${tool.name}: waits for another build on this machine`);
        });
  const unfinished = `${folder}.${process.pid}`;
  try {
    if (existsSync(folder)) return folder;
    if (tool.waits !== false) tell(`${tool.name}: builds it, once on this machine`);
    const start = performance.now();
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished);
    await tool.build(unfinished);
    renameSync(unfinished, folder);
    if (tool.waits !== false)
      tell(`${tool.name}: built in ${((performance.now() - start) / 1000).toFixed(0)} s`);
    return folder;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
    unlock();
  }
}

function toolCache(): string {
  const chosen = process.env["XDG_CACHE_HOME"] ?? "";
  return join(chosen === "" ? join(homedir(), ".cache") : chosen, "auterity", "tools");
}

/** Two that take over the lock of a dead process at once both build; each renames a whole folder, so that costs time alone. */
async function lock(file: string, onWait: () => void): Promise<() => void> {
  for (let waits = 0; ; waits += 1) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      return () => {
        rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    if (!isHeld(file)) rmSync(file, { force: true });
    else {
      if (waits === 0) onWait();
      await sleep(500);
    }
  }
}

function isHeld(file: string): boolean {
  try {
    const holder = Number(readFileSync(file, "utf8"));
    // Between its creation and its first byte a lock names nobody.
    if (holder === 0) return true;
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
