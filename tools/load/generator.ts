import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { buildGoTool } from "../drill/go-tools";
import type { ToolContext } from "../drill/tool-cache";
import { LoadCount, type LoadFigures } from "./figures";
import { burning } from "./judgement";
import type { LoadPlan } from "./load-plan";

/** Path of the program that sends the requests, built when it is asked for the first time. @throws MissingProgramError without Go. */
export function loadGenerator(context: ToolContext): Promise<string> {
  const moduleFolder = join(context.projectDirectory, "load");
  return buildGoTool(
    { name: "load-generator", moduleFolder, package: "auterity.invalid/load" },
    context,
  );
}

export interface SentLoad {
  readonly figures: LoadFigures;
  /** Why it ended before its time; empty if it did not. */
  readonly endedBy: readonly string[];
  readonly interrupted: boolean;
}

const lineSchema = z.union([
  z.object({ target: z.string(), status: z.number(), milliseconds: z.number() }),
  z.object({ target: z.string(), unsent: z.number() }),
]);

/** Told each second how far it is. */
type Progress = (elapsedSeconds: number, figures: LoadFigures) => void;

/** Sends what the plan says and counts what comes back, until it has ended, a budget burns too fast, or somebody interrupts it. */
export async function sendLoad(
  program: string,
  plan: LoadPlan,
  progress?: Progress,
): Promise<SentLoad> {
  const count = new LoadCount(plan);
  let endedBy: readonly string[] = [];
  const interrupts: NodeJS.Signals[] = [];
  // In a group of its own: a Ctrl-C reaches it through us, once.
  const child = spawn(program, { stdio: ["pipe", "pipe", "inherit"], detached: true });
  const ended = new Promise<string>((resolve) => {
    child.once("error", ({ message }) => {
      resolve(message);
    });
    child.once("close", (code, signal) => {
      resolve(signal === null ? `exit code ${code}` : `signal ${signal}`);
    });
  });
  // A program that ends before it has read its plan says why by its exit code.
  child.stdin.on("error", () => undefined);
  child.stdin.end(JSON.stringify(plan));
  // A first time it waits for answers, a second time for nothing.
  const interrupt = (signal: NodeJS.Signals): void => {
    interrupts.push(signal);
    child.kill("SIGINT");
  };
  const kill = (): void => void child.kill("SIGKILL");
  const start = performance.now();
  const watch = setInterval(() => {
    const seconds = (performance.now() - start) / 1000;
    progress?.(seconds, count.figures());
    if (seconds < plan.abortAfterSeconds || endedBy.length > 0) return;
    endedBy = burning(plan, count.figures());
    if (endedBy.length > 0) child.kill("SIGINT");
  }, 1000);
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt).on("exit", kill);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const seen = lineSchema.parse(JSON.parse(line));
      if ("unsent" in seen) count.addUnsent(seen.unsent);
      else count.add(seen);
    }
    const ending = await ended;
    if (ending !== "exit code 0" && interrupts.length === 0)
      throw new Error(`load/main.go: ${ending}`);
  } finally {
    clearInterval(watch);
    kill();
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt).off("exit", kill);
  }
  return { figures: count.figures(), endedBy, interrupted: interrupts.length > 0 };
}
