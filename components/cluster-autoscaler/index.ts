export type { ClusterAutoscalerArgs } from "./args";
export { ClusterAutoscaler } from "./cluster-autoscaler";
