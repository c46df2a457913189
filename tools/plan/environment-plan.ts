import type { ServiceRecord } from "../../components/shared/service-record";
import type { CostComparison } from "../costs/compare";
import type { CostShare, Estimate } from "../costs/estimate";
import { isReleaseGate, stops, type Verdict, type Violation } from "../policies/verdict";
import type { RecoveryModes } from "../recovery/modes";
import type { PlannedFile } from "./manifests";
import type { Run } from "./program";
import type { ComponentNode } from "./tree";

/** Everything that a plan finds out about one environment. */
export interface EnvironmentPlan {
  readonly environment: string;
  readonly project: string;
  readonly known: Run;
  readonly unknown: Run;
  readonly services: readonly ServiceRecord[];
  readonly tree: ComponentNode;
  /** How a first preview differs from an update. */
  readonly modeDifferences: readonly string[];
  /** Kubernetes objects as files. */
  readonly manifests: readonly PlannedFile[];
  /** Objects that two resources claim. */
  readonly problems: readonly string[];
  /** Absent where the plan was asked to leave policies out. */
  readonly verdict?: Verdict;
  readonly undeployable: readonly string[];
  /** What its operators should know although nothing is wrong. */
  readonly notices: readonly string[];
  readonly others: readonly OtherEnvironment[];
  /** What it costs a month; absent where the project says nothing of usage and prices. */
  readonly estimate?: Estimate;
  /** With other settings that the project names, such as the other mode of the recovery stack. */
  readonly costVariants?: readonly CostShare[];
  /** Against an earlier estimate, where one was named. */
  readonly comparison?: CostComparison;
  /** Of an environment that stands by for another: what each of its modes is, and how long it takes to serve from it. */
  readonly recovery?: RecoveryModes;
}

/** What another environment would be, to compare with; its own plan says whether it is sound. */
export interface OtherEnvironment {
  readonly environment: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Resources by type; absent if it cannot be planned. */
  readonly counts?: ReadonlyMap<string, number>;
  /** What it costs a month; absent as above, and where the project says nothing of it. */
  readonly monthlyUsd?: number;
  /** Whether it is planned beside this one, and not only compared with. */
  readonly planned: boolean;
  /** Why it cannot be planned; "" if it can. */
  readonly problem: string;
}

/** Why a plan ends with exit code 1; nothing if it is sound. */
export function failures(plan: EnvironmentPlan, strict: boolean): string[] {
  const refusals = plan.verdict?.violations.filter(stops) ?? [];
  const release = refusals.filter((violation) => refusesRelease(plan, violation)).length;
  const counted = [
    [refusals.length - release, "mandatory policy violation"],
    [plan.modeDifferences.length, "difference between preview and update"],
    [plan.problems.length, "problem"],
    [strict ? plan.undeployable.length : 0, "value to give before a deployment"],
    [strict ? release : 0, "resource that is not released"],
  ] as const;
  return counted.filter(([count]) => count > 0).map(([count, what]) => `${count} × ${what}`);
}

/** Whether a violation only says that something is not released yet. */
export function refusesRelease({ verdict }: EnvironmentPlan, { rule }: Violation): boolean {
  return verdict?.rules.some((known) => known.name === rule && isReleaseGate(known)) ?? false;
}

export function countByType(run: Run): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { custom, type } of run.registrations) {
    if (custom) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
}
