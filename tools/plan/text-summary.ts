import type { Style } from "../terminal/style";
import { stops, type Violation } from "../policies/verdict";
import { inMinutes } from "../recovery/critical-path";
import { type EnvironmentPlan, failures, refusesRelease } from "./environment-plan";
import { describeEstimate } from "../costs/text";
import { drawTree, plural } from "./tree";

export interface SummaryOptions {
  readonly strict: boolean;
  readonly style: Style;
  /** Where the files were written. */
  readonly written: string;
}

/** The plan for people: the tree, what the policies say, what is wrong, what is left to give. */
export function summarise(plan: EnvironmentPlan, options: SummaryOptions): string[] {
  const { style } = options;
  const [headline = "", ...branches] = drawTree(plan.tree);
  return [
    style.bold(headline),
    ...branches,
    "",
    ...describePolicies(plan, style),
    ...(plan.estimate === undefined ? [] : describeEstimate(plan.estimate, plan)),
    ...section(
      style.red(`${plural(plan.modeDifferences.length, "difference")} between preview and update`),
      plan.modeDifferences,
    ),
    ...section(style.red(plural(plan.problems.length, "problem")), plan.problems),
    ...section(
      style.yellow(`Not deployable yet: ${plural(plan.undeployable.length, "value")} to give`),
      [...plan.undeployable, ...releaseGate(plan)],
    ),
    ...describeRecovery(plan),
    ...section("To know", plan.notices),
    conclusion(plan, options),
    ...otherPlans(plan, style),
  ];
}

/** How to plan what was only compared with. */
function otherPlans({ others }: EnvironmentPlan, style: Style): string[] {
  const names = others.filter(({ planned }) => !planned).map(({ environment }) => environment);
  if (names.length === 0) return [];
  return [style.dim(`Others: npm run plan -- ${names.join(" | ")} | all`)];
}

/** What each mode is, and what it takes to serve from it. */
function describeRecovery({ recovery }: EnvironmentPlan): string[] {
  if (recovery === undefined) return [];
  const { configured, objectives, summaries, dated } = recovery;
  return [
    `Standing by, ${configured}; asked: RPO ${objectives.rpoSeconds} s, RTO ${objectives.rtoMinutes} min (durations of ${dated}, npm run drill -- recovery shows each)`,
    ...summaries.flatMap(({ mode, resources, components, build, serve }) => [
      `  ${mode}: ${plural(resources, "resource")}, ${[...components.keys()].join(", ")}`,
      `    made out of nothing in ${inMinutes(build.seconds)}; serves ${inMinutes(serve.seconds)} after the decision, ` +
        `${inMinutes(serve.assumedSeconds)} of it assumed`,
      `    waits for: ${serve.tasks
        .filter(({ duration }) => duration.seconds >= 30)
        .map(({ title, duration }) => `${title} ${inMinutes(duration.seconds)}`)
        .join(" → ")}`,
    ]),
    "",
  ];
}

function section(title: string, entries: readonly string[]): string[] {
  if (entries.length === 0) return [];
  return [title, ...entries.map((entry) => `  - ${entry}`), ""];
}

function describePolicies(plan: EnvironmentPlan, style: Style): string[] {
  const { verdict } = plan;
  if (verdict === undefined) return [style.dim("Policies: left out"), ""];
  const active = verdict.rules.filter(({ level }) => level !== "disabled").length;
  const violations = verdict.violations.filter((entry) => !refusesRelease(plan, entry));
  const mandatory = violations.filter(stops);
  const advisory = violations.filter((violation) => !stops(violation));
  const head = `Policies: ${plural(active, "rule")} of ${verdict.pack.name} ${verdict.pack.version}`;
  if (violations.length === 0) return [`${head}, ${style.green("no violation")}`, ""];
  return [
    `${head}, ${mandatory.length} mandatory and ${advisory.length} advisory violations`,
    ...describeRules(mandatory, style, style.red("mandatory")),
    ...describeRules(advisory, style, style.yellow("advisory")),
    "",
  ];
}

/** One line for all that a release gate refuses: each resource stands in the files. */
function releaseGate(plan: EnvironmentPlan): string[] {
  const refused = (plan.verdict?.violations ?? []).filter((entry) => refusesRelease(plan, entry));
  return [...new Set(refused.map(({ rule }) => rule))].map((rule) => {
    const count = refused.filter((entry) => entry.rule === rule).length;
    return `policy ${rule} refuses ${plural(count, "resource")} until then`;
  });
}

/** One block per rule: what it found, where, and once how to fix it. */
function describeRules(violations: readonly Violation[], style: Style, level: string): string[] {
  const byRule = new Map<string, Violation[]>();
  for (const violation of violations) {
    byRule.set(violation.rule, [...(byRule.get(violation.rule) ?? []), violation]);
  }
  return [...byRule].flatMap(([rule, found]) => {
    const fix = found[0]?.fix ?? "";
    return [
      `  ${level} ${style.bold(rule)}${fix === "" ? "" : `: ${fix}`}`,
      ...found.map(({ urn, message }) => `    ${shortUrn(urn)}: ${message}`),
    ];
  });
}

/** Type and name, which is how people speak of a resource; the whole URN stands in the files. */
export function shortUrn(urn: string): string {
  if (urn === "") return "the stack";
  const [, , types = "", name = ""] = urn.split("::");
  return `${name} (${types.split("$").at(-1) ?? types})`;
}

function conclusion(plan: EnvironmentPlan, { strict, style, written }: SummaryOptions): string {
  const failed = failures(plan, strict);
  if (failed.length > 0)
    return style.red(`${plan.environment} failed: ${failed.join(", ")}`) + ` · ${written}`;
  return style.green(`${plan.environment} is sound`) + ` · ${written}`;
}
