import type { Environment } from "./environment";
import type { WellFormed } from "./environment-rules";

/** Less of the error budget and an experiment may be what uses it up. */
const leastBudgetPercent = 50;

/** Where and how something may be broken on purpose. */
export function chaosProblems({
  stage,
  chaos,
}: Pick<WellFormed<Environment>, "stage" | "chaos">): string[] {
  const { enabled, schedules, faultNamespace, leastBudgetPercent: least } = chaos ?? {};
  const problems: string[] = [];
  const scheduled = (schedules ?? []).map(({ experiment }) => experiment);
  if (stage === "recovery" && enabled === true)
    problems.push(
      "auterity:chaos.enabled: got true, need false in recovery; it is there for when something has really failed",
    );
  if (scheduled.length > 0 && stage !== undefined && stage !== "development")
    problems.push(
      `auterity:chaos.schedules: got ${scheduled.join(", ")}, need none in ${stage}; ` +
        "there somebody starts an experiment, and watches it",
    );
  if (faultNamespace === true && stage !== undefined && stage !== "development")
    problems.push(
      `auterity:chaos.faultNamespace: got true, need false in ${stage}; its pods may be privileged`,
    );
  if (scheduled.length > 0 && enabled === false)
    problems.push(
      "auterity:chaos.schedules: got some, need none while auterity:chaos.enabled is false",
    );
  if (stage === "production" && least !== undefined && least < leastBudgetPercent)
    problems.push(
      `auterity:chaos.leastBudgetPercent: got ${least}, need ${leastBudgetPercent} or more in production`,
    );
  return problems;
}
