import type { Environment } from "../environment";
import type { WellFormed } from "../environment-rules";

/** Whoever watches must outlive what is watched. */
export function observabilityProblems({ stage, observability }: WellFormed<Environment>): string[] {
  const path = "auterity:observability";
  const { metrics, alertmanagers, logs, traces } = observability ?? {};
  const problems: string[] = [];
  if (traces?.store === "badger" && traces.replicas !== undefined && traces.replicas !== 1)
    problems.push(
      `${path}.traces.replicas: got ${traces.replicas}, need 1 with badger; a disk is one pod's`,
    );
  if (stage === undefined || stage === "development") return problems;
  const single = [
    ["metrics.replicas", metrics?.replicas, "2"],
    ["alertmanagers", alertmanagers, "3"],
    ["logs.replicas", logs?.replicas, "3"],
    ["traces.gateways", traces?.gateways, "2 or more"],
    ["traces.replicas", traces?.replicas, "2 or more"],
  ] as const;
  for (const [key, got, need] of single)
    if (got === 1)
      problems.push(
        `${path}.${key}: got 1, need ${need} in ${stage}; the loss of one zone would leave nobody watching`,
      );
  if (traces?.store === "badger")
    problems.push(`${path}.traces.store: got "badger", need opensearch in ${stage}`);
  return problems;
}
