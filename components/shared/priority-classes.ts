import type { Tier } from "./service-record";

interface Priority {
  /** Of the PriorityClass: pods refer to it by name, so it is fixed. */
  readonly className: string;
  readonly value: number;
  readonly preemptionPolicy: "PreemptLowerPriority" | "Never";
  readonly description: string;
}

/**
 * Far apart, so that a class can be put between two later: the value of an existing class cannot be changed.
 * Batch is below the 0 of pods without a class and above -10, under which Cluster Autoscaler adds no nodes for a pod.
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md#how-does-cluster-autoscaler-work-with-pod-priority-and-preemption
 */
export const priorities: Readonly<Record<Tier, Priority>> = {
  critical: {
    className: "auterity-critical",
    value: 1_000_000,
    preemptionPolicy: "PreemptLowerPriority",
    description: "Services that the platform cannot do without: placed first, others make room",
  },
  standard: {
    className: "auterity-standard",
    value: 100_000,
    preemptionPolicy: "PreemptLowerPriority",
    description: "Services that users notice: batch work makes room",
  },
  batch: {
    className: "auterity-batch",
    value: -1,
    preemptionPolicy: "Never",
    description: "Work that can wait: never makes others go, is the first to go",
  },
};

/**
 * Pods that only hold room: the first to go for any other pod, batch work included, and still worth a node.
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md#how-can-i-configure-overprovisioning-with-cluster-autoscaler
 */
export const headroomPriority = {
  className: "auterity-headroom",
  value: -10,
  preemptionPolicy: "Never",
  description: "Holds room for pods to come: the first to go, and never makes others go",
} as const satisfies Priority;
