import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a drill came to when it last ran: `out/drills/NAME.json`. */
export interface DrillResult {
  readonly format: 1;
  readonly drill: string;
  readonly outcome: "passed" | "failed" | "skipped";
  /** When it ended, as ISO 8601 has it. */
  readonly at: string;
  readonly seconds: number;
  readonly held: readonly string[];
  /** Whatever else it printed: figures among it. */
  readonly said: readonly string[];
}

function fileOf(folder: string, drill: string): string {
  return join(folder, `${drill}.json`);
}

export function writeDrillResult(folder: string, result: DrillResult): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(folder, result.drill), `${JSON.stringify(result, undefined, 2)}\n`);
}

/** Undefined where it has not run here, or where its file is none of ours. */
export function readDrillResult(folder: string, drill: string): DrillResult | undefined {
  let result: Partial<DrillResult>;
  try {
    result = JSON.parse(readFileSync(fileOf(folder, drill), "utf8")) as Partial<DrillResult>;
  } catch {
    return undefined;
  }
  const { format, at, held, said } = result;
  const whole =
    format === 1 && typeof at === "string" && Array.isArray(held) && Array.isArray(said);
  return whole ? (result as DrillResult) : undefined;
}
