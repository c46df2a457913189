import type { NodeClass } from "./service-record";

/**
 * Nodes of a class that start together: those that it always has, and those with an Arm processor beside them. Both carry
 * the label and the taint of the class; which of them a pod may use, its image decides.
 */
export type NodePool = NodeClass | `${NodeClass}-arm64`;

/** The class whose label and taint the nodes of a pool carry. */
export function nodeClassOf<Pool extends NodePool | "system">(
  pool: Pool,
): NodeClass | Extract<Pool, "system"> {
  return pool.replace(/-arm64$/, "") as NodeClass | Extract<Pool, "system">;
}

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
