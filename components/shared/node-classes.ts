import type { NodeClass } from "./service-record";

/** Label that every node carries, and key of the taint of those classes that must be asked for. */
export const nodeClassLabel = "workload";

/** A taint in the words of the Kubernetes API; EKS node groups spell the effect `NO_SCHEDULE`. */
export interface NodeTaint {
  readonly key: string;
  readonly value: string;
  readonly effect: "NoSchedule";
}

/**
 * `system` is not tainted: its pods have system priorities and evict others when it gets narrow, and not every add-on
 * tolerates a taint. `spot` is, so that nothing lands on nodes with two minutes' notice without having asked for it.
 */
export const nodeTaints: Readonly<Record<NodeClass | "system", NodeTaint | undefined>> = {
  system: undefined,
  general: undefined,
  spot: { key: nodeClassLabel, value: "spot", effect: "NoSchedule" },
  "ai-processing": { key: nodeClassLabel, value: "ai-processing", effect: "NoSchedule" },
};
