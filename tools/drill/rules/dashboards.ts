import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import {
  panelsOf,
  type PlannedDashboard,
  resolveDashboards,
  sources,
  targetsOf,
  withoutMacros,
} from "../../../components/observability-dashboards";
import { dashboardsArgs } from "../../../stacks/observability/dashboards";
import { servicesOf } from "../../../stacks/releases";
import { services } from "../../../stacks/services";
import type { Stage } from "../processes";
import { readEnvironment, type ResolvedRules } from "./environments";

/** The dashboards of an environment as its stack file makes them. */
export function environmentDashboards(
  projectDirectory: string,
  name: string,
  { groups }: ResolvedRules,
): PlannedDashboard[] {
  const environment = readEnvironment(projectDirectory, name);
  return resolveDashboards(
    name,
    dashboardsArgs(environment, servicesOf(environment, services), groups),
  );
}

/** Every query of metrics, as Prometheus is asked, with what Grafana puts in. */
export function metricQueries(dashboards: readonly PlannedDashboard[]): string[] {
  return dashboards.flatMap(({ dashboard }) =>
    panelsOf(dashboard).flatMap((panel) =>
      targetsOf(panel)
        .filter(({ datasource }) => datasource?.uid === sources.metrics.uid)
        .map(({ expr = "" }) => withoutMacros(expr)),
    ),
  );
}

/** Whether Prometheus's own parser and type check take every query: each as a rule of one file. @throws Error with its words. */
export async function checkQueries(
  stage: Stage,
  { name, promtool, queries }: { name: string; promtool: string; queries: readonly string[] },
): Promise<void> {
  const folder = join(stage.folder, "queries");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.yaml`);
  const rules = queries.map((expr, index) => ({ record: `query:number:${index}`, expr }));
  writeFileSync(path, stringify({ groups: [{ name, rules }] }, { lineWidth: 0 }));
  await stage.run({ name: `queries-${name}`, program: promtool, args: ["check", "rules", path] });
}
