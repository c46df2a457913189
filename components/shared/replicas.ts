import type { ServiceRecord } from "./service-record";

/** Pods that a rolling update may add, in percent of the replicas, rounded up as Kubernetes does. */
export const maxSurgePercent = 25;

export function surgeReplicas(replicas: number): number {
  return Math.ceil((replicas * maxSurgePercent) / 100);
}

/**
 * The most pods of a service that count against a quota at one time: all replicas, those that a release adds, and as
 * many pods again that are kept or still ending, because a quota counts them until their grace period is over. It holds
 * for one release per grace period, or, blue-green, per delay until the old pods go.
 * @see https://github.com/kubernetes/kubernetes/issues/84459
 */
export function peakPods({ scaling, rollout }: Pick<ServiceRecord, "scaling" | "rollout">): number {
  const { max } = scaling;
  const added = rollout === "blue-green" ? max : surgeReplicas(max);
  return max + added + max;
}
