import { dollars } from "../costs/text";
import { drawTable } from "../terminal/table";
import type { EnvironmentPlan } from "./environment-plan";
import { compareText } from "./graph";
import { shortType } from "./tree";

/** A setting that is not the same everywhere; "" where an environment does not have it. */
export interface SettingDifference {
  readonly setting: string;
  /** In the order of the environments. */
  readonly values: readonly string[];
}

export function compareSettings(
  settings: readonly Readonly<Record<string, string>>[],
): SettingDifference[] {
  const keys = [...new Set(settings.flatMap((values) => Object.keys(values)))];
  return keys
    .map((setting) => ({ setting, values: settings.map((values) => values[setting] ?? "") }))
    .filter(({ values }) => new Set(values).size > 1);
}

/** How many resources of a type each environment has, where that differs. */
export interface CountDifference {
  readonly type: string;
  readonly counts: readonly number[];
}

export function compareCounts(counts: readonly ReadonlyMap<string, number>[]): CountDifference[] {
  const types = [...new Set(counts.flatMap((byType) => [...byType.keys()]))].sort(compareText);
  return types
    .map((type) => ({ type, counts: counts.map((byType) => byType.get(type) ?? 0) }))
    .filter((row) => new Set(row.counts).size > 1);
}

/** Tables for a terminal: resources by top-level component, and the settings that differ. */
export function drawComparison(plans: readonly EnvironmentPlan[]): string[] {
  const environments = plans.map(({ environment }) => environment);
  const resources = plans.map(
    ({ environment, tree }) =>
      new Map(
        tree.components.map(({ name, type, resources: count }) => [
          `${nameEverywhere(name, environment)} (${shortType(type)})`,
          count,
        ]),
      ),
  );
  const components = [...new Set(resources.flatMap((byName) => [...byName.keys()]))];
  const rows = components
    .sort(compareText)
    .map((component) => [component, ...resources.map((byName) => byName.get(component) ?? 0)]);
  const settings = compareSettings(plans.map(({ known }) => known.stack.settings));
  return [
    ...drawTable([
      ["Resources by component", ...environments],
      ...rows,
      ["all", ...plans.map(({ tree }) => tree.resources)],
    ]),
    "",
    ...drawCosts(plans),
    ...drawTable([
      ["Settings that differ", ...environments],
      ...settings.map(({ setting, values }) => [setting, ...values]),
    ]),
  ];
}

/** Monthly costs by component and environment; nothing where the project says nothing of them. */
function drawCosts(plans: readonly EnvironmentPlan[]): string[] {
  const costs = plans.map(
    ({ environment, estimate }) =>
      new Map(
        estimate?.components.map(({ name, monthlyUsd }) => [
          nameEverywhere(name, environment),
          monthlyUsd,
        ]),
      ),
  );
  const components = [...new Set(costs.flatMap((byName) => [...byName.keys()]))];
  if (components.length === 0) return [];
  return [
    ...drawTable([
      ["Monthly estimate by component", ...plans.map(({ environment }) => environment)],
      ...components
        .sort(compareText)
        .map((name) => [name, ...costs.map((byName) => dollars(byName.get(name) ?? 0))]),
      ["all", ...plans.map(({ estimate }) => dollars(estimate?.monthlyUsd ?? 0))],
    ]),
    "",
  ];
}

/** Components are named after their environment: what is "shop-dev-api" here is "shop-prod-api" there, and "shop-*-api". */
export function nameEverywhere(name: string, environment: string): string {
  const parts = `-${name}-`.replace(`-${environment}-`, "-*-");
  return parts.slice(1, -1);
}
