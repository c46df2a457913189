import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { PlanError } from "./plan-error";
import type { PlannedFile } from "./manifests";

/**
 * A folder that is replaced as a whole: it is filled beside its place and moved there when it is complete, so that an
 * interrupted plan leaves the previous one.
 */
export class OutputFolder {
  private readonly temporary: string;
  private readonly previous: string;
  private readonly removeTemporary = (): void => {
    rmSync(this.temporary, { recursive: true, force: true });
  };

  /** @throws PlanError if nothing can be written there. */
  constructor(
    private readonly parent: string,
    private readonly name: string,
  ) {
    this.temporary = join(parent, `.${name}.new-${process.pid}`);
    this.previous = join(parent, `.${name}.previous-${process.pid}`);
    if (parent === "") throw new PlanError("--out: got an empty path, need a folder");
    refuseForeign(join(parent, name));
    try {
      makeFolder(parent);
      this.clearAway();
      mkdirSync(this.temporary);
    } catch (error) {
      throw new PlanError(`${parent} cannot be written: ${(error as Error).message}`);
    }
    process.once("exit", this.removeTemporary);
  }

  /** Where the files are found; relative to where the command ran. */
  get place(): string {
    return relative(process.cwd(), join(this.parent, this.name)) || ".";
  }

  add({ path, content }: PlannedFile): void {
    const file = join(this.temporary, path);
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    } catch (error) {
      throw new PlanError(`${file} cannot be written: ${(error as Error).message}`);
    }
  }

  /** Puts the complete folder in its place. */
  finish(): void {
    const target = join(this.parent, this.name);
    try {
      rmSync(this.previous, { recursive: true, force: true });
      renameIfPresent(target, this.previous);
      renameSync(this.temporary, target);
    } catch (error) {
      throw new PlanError(`${target} cannot be replaced: ${(error as Error).message}`);
    }
    rmSync(this.previous, { recursive: true, force: true });
    process.off("exit", this.removeTemporary);
  }

  /** Gives up: the previous folder stays what it is. */
  discard(): void {
    this.removeTemporary();
    process.off("exit", this.removeTemporary);
  }

  /** What a plan that was killed left behind; the folder it had already moved away goes back to its place. */
  private clearAway(): void {
    const leftovers = new RegExp(`^\\.${escapeRegExp(this.name)}\\.(new|previous)-(\\d+)$`);
    for (const entry of readdirSync(this.parent)) {
      const match = leftovers.exec(entry);
      if (match === null || isRunning(Number(match[2]))) continue;
      const path = join(this.parent, entry);
      if (match[1] === "previous" && !readdirSync(this.parent).includes(this.name))
        renameSync(path, join(this.parent, this.name));
      else rmSync(path, { recursive: true, force: true });
    }
  }
}

/** Every plan writes it: a folder without it is somebody else's, and replacing it would lose what is in it. */
const signature = "graph.json";

function refuseForeign(target: string): void {
  if (!existsSync(target)) return;
  const entries = statSync(target).isDirectory() ? readdirSync(target) : [target];
  if (entries.length === 0 || entries.includes(signature)) return;
  throw new PlanError(
    `${target} exists and no plan wrote it (it has no ${signature}): move it away, or name another --out`,
  );
}

/** Step by step: Node's own way never ends where a parent exists and nothing can be made in it, as below /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

function renameIfPresent(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
