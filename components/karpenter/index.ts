export type { KarpenterArgs, NodePoolArgs } from "./args";
export { Karpenter } from "./karpenter";
