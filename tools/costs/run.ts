import { PlanError } from "../plan/plan-error";
import type { Run } from "../plan/program";
import { type Estimate, estimateCosts, ownPriceProblems } from "./estimate";

/**
 * What an environment costs as it was run, every value known; undefined where the project says nothing of usage and prices.
 * @throws PlanError for own prices that nothing asks for.
 */
export function estimateRun(run: Run, today = new Date()): Estimate | undefined {
  const { stack, registrations, services, estimateSettings: settings } = run;
  if (settings === undefined) return undefined;
  const { environment } = stack;
  const estimate = estimateCosts({ environment, registrations, services, settings, today });
  const problems = ownPriceProblems(estimate, settings);
  if (problems.length === 0) return estimate;
  throw new PlanError([`Pulumi.${environment}.yaml was refused:`, ...problems].join("\n  - "));
}
