import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { PlanError } from "../plan/plan-error";
import { isRecord } from "../plan/values";
import type { CostShare, Estimate } from "./estimate";

/** What a change costs, by component: the dearest change first. */
export interface CostComparison {
  /** The file that was compared with. */
  readonly source: string;
  readonly beforeUsd: number;
  readonly changeUsd: number;
  readonly components: readonly CostShare[];
  readonly teams: readonly CostShare[];
  /** Why part of the change may not be the resources': other prices, other assumptions. */
  readonly notes: readonly string[];
}

const fileName = "estimate.json";

/**
 * An estimate that an earlier plan wrote: its file, or the folder of the plan.
 * @throws PlanError for a file that is none, or is of another environment.
 */
export function readEstimate(path: string, environment: string): Estimate {
  const file = isFolder(path) ? join(path, fileName) : path;
  const estimate = parse(file);
  if (
    !isRecord(estimate) ||
    estimate["format"] !== 1 ||
    typeof estimate["monthlyUsd"] !== "number" ||
    !isShares(estimate["components"]) ||
    !isShares(estimate["teams"]) ||
    !isRecord(estimate["usage"]) ||
    !isRecord(estimate["prices"])
  )
    throw new PlanError(
      `--compare: ${file} is no estimate of format 1, need the ${fileName} of an earlier plan`,
    );
  if (estimate["environment"] !== environment)
    throw new PlanError(
      `--compare: got an estimate of ${JSON.stringify(estimate["environment"])}, need one of "${environment}"`,
    );
  return estimate as unknown as Estimate;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new PlanError(`--compare: ${file} cannot be read: ${(error as Error).message}`);
  }
}

function isShares(value: unknown): value is CostShare[] {
  return (
    Array.isArray(value) &&
    value.every(
      (entry) =>
        isRecord(entry) &&
        typeof entry["name"] === "string" &&
        typeof entry["monthlyUsd"] === "number",
    )
  );
}

export function compareEstimates(
  before: Estimate,
  after: Estimate,
  source: string,
): CostComparison {
  return {
    source,
    beforeUsd: before.monthlyUsd,
    changeUsd: cents(after.monthlyUsd - before.monthlyUsd),
    components: changes(before.components, after.components),
    teams: changes(before.teams, after.teams),
    notes: [
      ...(same(before.prices, after.prices) ? [] : ["the prices are others than they were"]),
      ...(same(before.usage, after.usage) ? [] : ["the assumptions about usage are others"]),
      ...(same(before.nodesByDay, after.nodesByDay) ? [] : ["nodes are counted for other hours"]),
    ],
  };
}

function changes(before: readonly CostShare[], after: readonly CostShare[]): CostShare[] {
  const was = new Map(before.map(({ name, monthlyUsd }) => [name, monthlyUsd]));
  const is = new Map(after.map(({ name, monthlyUsd }) => [name, monthlyUsd]));
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((name) => ({ name, monthlyUsd: cents((is.get(name) ?? 0) - (was.get(name) ?? 0)) }))
    .filter(({ monthlyUsd }) => monthlyUsd !== 0)
    .sort((a, b) => Math.abs(b.monthlyUsd) - Math.abs(a.monthlyUsd));
}

function cents(dollars: number): number {
  return Math.round(dollars * 100) / 100;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
