import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { criteria } from "../criteria";
import { gatherEvidence, type EvidenceSection } from "../criteria/evidence";
import { drawDashboard } from "../report/dashboards/picture";
import { renderReport } from "../report/page";
import { plannedDashboards } from "../report/sections/dashboards";
import { createStyle, isColoured } from "../terminal/style";
import { drawComparison } from "./compare-environments";
import { type EnvironmentPlan, failures } from "./environment-plan";
import { buildGraph } from "./graph";
import { toDocument } from "./json-document";
import type { PlannedFile } from "./manifests";
import { OutputFolder } from "./output-folder";
import { summarise } from "./text-summary";

export interface DeliverOptions {
  readonly json?: true;
  readonly strict?: true;
  readonly out: string;
  /** Folder of the Pulumi project. */
  readonly project: string;
}

/** Writes every environment's folder and prints the result. Returns the exit code. */
export function deliver(
  plans: readonly EnvironmentPlan[],
  options: DeliverOptions,
  progress: (step: string) => void,
): number {
  const strict = options.strict === true;
  const delivered = plans.map((plan) => {
    progress(`${plan.environment}: writing`);
    return { plan, written: writePlan(plan, options) };
  });
  progress("");
  if (options.json) {
    process.stdout.write(`${JSON.stringify(toDocument(delivered, strict), undefined, 2)}\n`);
  } else {
    const style = createStyle(isColoured(process.stdout, process.env));
    const lines = delivered.flatMap(({ plan, written }) => [
      ...summarise(plan, { strict, style, written }),
      "",
    ]);
    if (plans.length > 1) lines.push(...drawComparison(plans), "");
    process.stdout.write(lines.join("\n"));
  }
  return plans.every((plan) => failures(plan, strict).length === 0) ? 0 : 1;
}

function writePlan(plan: EnvironmentPlan, options: DeliverOptions): string {
  const files = planFiles(plan, evidenceOf(plan, options));
  const folder = new OutputFolder(resolve(options.out), plan.environment);
  try {
    for (const file of files) folder.add(file);
    folder.finish();
  } catch (error) {
    folder.discard();
    throw error;
  }
  return folder.place;
}

/** The criteria are those of this project's plan: another project has its own. */
const criteriaOf = "auterity";

function evidenceOf(plan: EnvironmentPlan, { project }: DeliverOptions): EvidenceSection[] {
  if (plan.project !== criteriaOf) return [];
  const projectDirectory = resolve(project);
  return gatherEvidence(criteria, {
    projectDirectory,
    drillFolder: join(projectDirectory, "out/drills"),
  });
}

function planFiles(plan: EnvironmentPlan, evidence: readonly EvidenceSection[]): PlannedFile[] {
  const { known, unknown, verdict, manifests } = plan;
  return [
    ...manifests,
    ...known.documents.map(({ path, content }) => ({
      path,
      content: path.endsWith(".json") ? toJson(content) : toYaml(content),
    })),
    ...plannedDashboards(plan).map((dashboard) => ({
      path: `dashboards/${dashboard.uid ?? ""}.svg`,
      content: drawDashboard(dashboard).markup,
    })),
    { path: "graph.json", content: toJson(buildGraph(known, unknown)) },
    { path: "policy.json", content: toJson(verdict ?? null) },
    ...(plan.estimate === undefined
      ? []
      : [{ path: "estimate.json", content: toJson(plan.estimate) }]),
    { path: "report.html", content: renderReport(plan, evidence) },
  ];
}

function toYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
