import type { CostComparison } from "../costs/compare";
import type { CostShare, Estimate } from "../costs/estimate";
import type { Verdict } from "../policies/verdict";
import { type EnvironmentPlan, failures } from "./environment-plan";
import type { ComponentNode } from "./tree";

/** What `--json` prints; docs/plan.md describes it. Fields are only ever added within a format. */
export interface PlanDocument {
  readonly format: 1;
  readonly passed: boolean;
  readonly environments: readonly EnvironmentDocument[];
}

interface EnvironmentDocument {
  readonly environment: string;
  readonly passed: boolean;
  /** Why it did not pass. */
  readonly failures: readonly string[];
  readonly resources: number;
  readonly tree: ComponentNode;
  readonly policies: Verdict | null;
  readonly modeDifferences: readonly string[];
  readonly problems: readonly string[];
  readonly undeployable: readonly string[];
  readonly notices: readonly string[];
  /** As in estimate.json; null where the project says nothing of usage and prices. */
  readonly estimate: Estimate | null;
  /** With other settings that the project names. */
  readonly costVariants: readonly CostShare[];
  /** Against what --compare names; null without it. */
  readonly comparison: CostComparison | null;
  /** Folder with the files, from where the command ran. */
  readonly written: string;
}

export function toDocument(
  plans: readonly { readonly plan: EnvironmentPlan; readonly written: string }[],
  strict: boolean,
): PlanDocument {
  const environments = plans.map(({ plan, written }): EnvironmentDocument => {
    const failed = failures(plan, strict);
    return {
      environment: plan.environment,
      passed: failed.length === 0,
      failures: failed,
      resources: plan.tree.resources,
      tree: plan.tree,
      policies: plan.verdict ?? null,
      modeDifferences: plan.modeDifferences,
      problems: plan.problems,
      undeployable: plan.undeployable,
      notices: plan.notices,
      estimate: plan.estimate ?? null,
      costVariants: plan.costVariants ?? [],
      comparison: plan.comparison ?? null,
      written,
    };
  });
  return { format: 1, passed: environments.every(({ passed }) => passed), environments };
}
