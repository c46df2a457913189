import type { Objective } from "../../observability-rules";
import type { ServiceRecord } from "../../shared/service-record";

/** What the dashboards of an environment depend on; all of it decides which of them and which panels there are. */
export interface Subject {
  readonly records: readonly ServiceRecord[];
  readonly environment: string;
  readonly platformObjectives: readonly Objective[];
  readonly nodeAutoscaler: "cluster-autoscaler" | "karpenter";
  /** Whether canaries ask for the critical paths from outside. */
  readonly canaries: boolean;
  /** Whether OpenCost runs in the cluster. */
  readonly openCost: boolean;
  readonly monthlyBudgetUsd?: number;
  readonly aiSpendPerDay: number;
}

/** Of a budget that is left: used up, nearly, and not. */
export const budgetLimits = { colors: ["red", "orange", "green"], at: [0, 0.25] } as const;
/** Of what is bad from the first on. */
export const noneWanted = { colors: ["green", "red"], at: [1] } as const;

/** What has the service's name in it in any case, and nothing where there is none. */
export function orZero(expression: string): string {
  return `${expression} or vector(0)`;
}

/** Of the platform's own measurements: those of this environment. */
export function ofEnvironment({ environment }: Pick<Subject, "environment">): string {
  return `{dimension_Environment="${environment}"}`;
}

/** The records that expose a metric. */
export function exposing(records: readonly ServiceRecord[], metric: string): ServiceRecord[] {
  return records.filter(({ exposes = [] }) => exposes.some(({ name }) => name === metric));
}
