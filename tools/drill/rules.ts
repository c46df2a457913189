import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isAlert } from "../../components/observability-rules";
import { listEnvironments } from "../plan/stack-files";
import { debianFiles } from "./debian-tools";
import { goTool } from "./go-tools";
import { onStage, type Stage } from "./processes";
import type { Drill, DrillContext } from "./registry";
import { alertCases, karpenterCases } from "./rules/cases";
import { checkQueries, environmentDashboards, metricQueries } from "./rules/dashboards";
import { environmentRules, filesOf, type ResolvedRules } from "./rules/environments";
import { judgeIncidents } from "./rules/incidents";
import { testRules, writeRules } from "./rules/promtool";
import { checkRoutes, noticeBrokenRoute } from "./rules/routes";
import { judgeWeek } from "./rules/week";

export const rulesDrill: Drill = {
  name: "rules",
  summary:
    "every rule, alert, anomaly, route and query of a dashboard, judged by promtool and amtool",
  run: async (context) => {
    const promtool = join(await debianFiles("prometheus", context), "usr/bin/promtool");
    await onStage("rules", async (stage) => {
      const trial = { context, stage, promtool };
      await checkFiles(trial);
      await testAlerts(trial);
      await noticeMistakes(trial);
      await tryRoutes(trial);
      await judgeAnomalies(trial);
      await countIncidents(trial);
      await askDashboards(trial);
    });
  },
};

interface Trial {
  readonly context: DrillContext;
  readonly stage: Stage;
  readonly promtool: string;
}

async function checkFiles({ context, stage, promtool }: Trial): Promise<void> {
  const { projectDirectory, held } = context;
  for (const name of listEnvironments(projectDirectory)) {
    const rules = environmentRules(projectDirectory, name);
    const paths = writeRules(join(stage.folder, name), filesOf(rules));
    await stage.run({
      name: `check-${name}`,
      program: promtool,
      args: ["check", "rules", ...paths],
    });
    const count = rules.groups.flatMap((group) => group.rules).length;
    held(`${name}: ${count} rules in ${paths.length} files, read by Prometheus's parser`);
  }
}

async function testAlerts(trial: Trial): Promise<void> {
  const { context, stage, promtool } = trial;
  const production = environmentRules(context.projectDirectory, "prod");
  const folder = join(stage.folder, "tests");
  await testRules(stage, {
    ...{ name: "cases", promtool, folder },
    ...{ files: filesOf(production), cases: alertCases },
  });
  const karpenter = environmentRules(context.projectDirectory, "prod", {
    nodeAutoscaler: "karpenter",
  });
  await testRules(stage, {
    ...{ name: "karpenter", promtool, folder: join(stage.folder, "karpenter") },
    ...{ files: filesOf(karpenter), cases: karpenterCases },
  });
  const names = new Set([...alertNames(production), ...alertNames(karpenter)]);
  const tested = new Set([...alertCases, ...karpenterCases].map(({ alert }) => alert));
  const untested = [...names].filter((name) => !tested.has(name));
  if (untested.length > 0) throw new Error(`without a case: ${untested.join(", ")}`);
  context.held(
    `${tested.size} alerts by ${alertCases.length + karpenterCases.length} cases: silent just before, then firing with exactly these labels, text and runbook`,
  );
}

function alertNames({ groups }: ResolvedRules): string[] {
  return groups.flatMap(({ rules }) => rules.filter(isAlert).map(({ name }) => name));
}

/** A test that cannot fail shows nothing: each case has to miss its alert. */
async function noticeMistakes({ context, stage, promtool }: Trial): Promise<void> {
  const files = filesOf(environmentRules(context.projectDirectory, "prod"));
  const early = alertCases
    .filter(({ silentAt }) => silentAt !== undefined)
    .map((test) => ({ ...test, silentAt: test.firesAt }));
  const folder = join(stage.folder, "early");
  const name = "early";
  await testRules(stage, { name, promtool, folder, files, cases: early }).catch(() => undefined);
  const found = readFileSync(join(stage.folder, `${name}.log`), "utf8");
  const missed = early.filter(({ alert }) => !found.includes(`alertname: ${alert},`));
  if (missed.length > 0)
    throw new Error(
      `promtool says nothing of alerts that fire too early: ${missed.map(({ alert }) => alert).join(", ")}`,
    );
  context.held(`each of ${early.length} cases fails when its alert fires too early`);
}

async function tryRoutes({ context, stage }: Trial): Promise<void> {
  const amtool = await goTool("amtool", context);
  const { projectDirectory, held } = context;
  for (const environment of listEnvironments(projectDirectory)) {
    const rules = environmentRules(projectDirectory, environment);
    const routes = await checkRoutes(stage, { amtool, environment, rules });
    held(
      `${environment}: amtool accepts Alertmanager's configuration; ${routes} routes lead where they should`,
    );
  }
  await noticeBrokenRoute(stage, amtool);
  held("amtool notices a receiver that is not defined");
}

async function judgeAnomalies({ context, stage, promtool }: Trial): Promise<void> {
  const files = filesOf(environmentRules(context.projectDirectory, "prod"));
  const { found, moments, harmless } = await judgeWeek(stage, { promtool, files });
  context.held(
    `a week with ${found} planted anomalies and ${harmless} harmless events: all found, none called for nothing at ${moments} moments of two days`,
  );
}

async function countIncidents({ context, stage, promtool }: Trial): Promise<void> {
  const files = filesOf(environmentRules(context.projectDirectory, "prod"));
  const { incidents, minutes } = await judgeIncidents(stage, { promtool, files });
  context.held(
    `${incidents} incidents of alerts that overlap: counted once each, ${minutes} minutes until they are over on average, and the page that was over at once counts as noise`,
  );
}

/** What PromQL's grammar alone does not see, such as a range where a moment is needed, its own parser does. */
async function askDashboards({ context, stage, promtool }: Trial): Promise<void> {
  const { projectDirectory, held } = context;
  for (const name of listEnvironments(projectDirectory)) {
    const rules = environmentRules(projectDirectory, name);
    const dashboards = environmentDashboards(projectDirectory, name, rules);
    const queries = metricQueries(dashboards);
    await checkQueries(stage, { name, promtool, queries });
    held(`${name}: ${queries.length} queries of ${dashboards.length} dashboards, read by the same`);
  }
  const broken = { name: "broken", promtool, queries: ["rate(up)"] };
  const refused = await checkQueries(stage, broken).then(
    () => false,
    () => true,
  );
  if (!refused) throw new Error("promtool takes rate(up), which no Prometheus computes");
  held("a query that the grammar takes and Prometheus does not is noticed");
}
