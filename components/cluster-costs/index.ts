export type { ClusterCostsArgs } from "./args";
export { ClusterCosts } from "./cluster-costs";
export { clusterCostsSize, openCostTarget } from "./values";
