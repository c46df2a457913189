import { type Program, runProgram } from "../plan/program";
import type { StackFile } from "../plan/stack-files";
import { PlanError } from "../plan/plan-error";
import type { CostShare } from "./estimate";
import { estimateRun } from "./run";

/** New values by the path of a setting, such as `auterity:recovery.mode`. */
export type SettingChanges = Readonly<Record<string, unknown>>;

/** What an environment would cost with other settings; undefined where the project says nothing of usage and prices. */
export async function estimateWith(
  program: Program,
  stack: StackFile,
  changes: SettingChanges,
): Promise<number | undefined> {
  const changed = withSettings(stack, changes);
  const run = await runProgram({ program, stack: changed, mode: "known" });
  return estimateRun(run)?.monthlyUsd;
}

/** Each variant that the environment names, by what it is called. */
export async function estimateVariants(
  program: Program,
  stack: StackFile,
  variants: Readonly<Record<string, SettingChanges>>,
): Promise<CostShare[]> {
  const shares: CostShare[] = [];
  for (const [name, changes] of Object.entries(variants)) {
    const monthlyUsd = await estimateWith(program, stack, changes);
    if (monthlyUsd !== undefined) shares.push({ name, monthlyUsd });
  }
  return shares;
}

/** @throws PlanError for a setting that the stack file does not have: a misspelt one would change nothing. */
export function withSettings(stack: StackFile, changes: SettingChanges): StackFile {
  const config = { ...stack.config };
  for (const [path, value] of Object.entries(changes)) {
    const [key = "", ...inner] = path.split(".");
    const text = config[key];
    if (text === undefined || !(path in stack.settings))
      throw new PlanError(`${path}: Pulumi.${stack.environment}.yaml has no such setting`);
    config[key] =
      inner.length === 0 ? asText(value) : asText(replaced(JSON.parse(text), inner, value));
  }
  return { ...stack, config };
}

function replaced(object: unknown, [key = "", ...inner]: string[], value: unknown): unknown {
  const record = object as Record<string, unknown>;
  return { ...record, [key]: inner.length === 0 ? value : replaced(record[key], inner, value) };
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
