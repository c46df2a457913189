export type { ClassHeadroom, Day, NodeHeadroomArgs } from "./args";
export { NodeHeadroom } from "./node-headroom";
