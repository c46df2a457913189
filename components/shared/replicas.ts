import type { ServiceRecord } from "./service-record";

/** Pods that a rolling update may add, in percent of the replicas, rounded up as Kubernetes does. */
export const maxSurgePercent = 25;

export function surgeReplicas(replicas: number): number {
  return Math.ceil((replicas * maxSurgePercent) / 100);
}

/**
 * The most pods of a service that count against a quota at one time: all replicas, the surge of a rolling update, and
 * as many pods again that are still ending, because a quota counts them until their grace period is over. It holds
 * for one rollout per grace period.
 * @see https://github.com/kubernetes/kubernetes/issues/84459
 */
export function peakPods(record: Pick<ServiceRecord, "scaling">): number {
  const { max } = record.scaling;
  return max + surgeReplicas(max) + max;
}
