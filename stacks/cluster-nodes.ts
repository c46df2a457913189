import {
  amiTypeOf,
  type MultiAzClusterArgs,
  type NodeClassArgs,
} from "../components/multi-az-cluster";
import { architectureOf } from "../components/shared/architecture";
import type { Environment } from "./environment";
import { type NodePoolSettings, poolsFor } from "./node-pools";
import { isPilotLight } from "./recovery-mode";

/** Karpenter starts nodes by itself, but runs on nodes that it does not manage; a pilot light has no services to run. */
export function clusterNodes(environment: Environment): MultiAzClusterArgs["nodeClasses"] {
  const { nodeAutoscaler, nodeClasses } = environment.cluster;
  const system = withImage(nodeClasses.system);
  if (nodeAutoscaler === "karpenter" || isPilotLight(environment)) return { system };
  const pools = poolsFor(nodeClasses);
  return {
    system,
    ...Object.fromEntries(pools.map(({ name, settings }) => [name, withImage(settings)])),
  };
}

/** The node image follows from the instance types. */
function withImage({ capacity, ...settings }: NodePoolSettings): NodeClassArgs {
  const [first = ""] = settings.instanceTypes;
  return {
    ...settings,
    amiType: amiTypeOf[architectureOf(first)],
    ...(capacity !== undefined && {
      capacityType: capacity === "spot" ? ("SPOT" as const) : ("ON_DEMAND" as const),
    }),
  };
}
