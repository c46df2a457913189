import type { Architecture } from "../shared/architecture";
import type { AmiType } from "../shared/versions";
import type { ClusterSpec, NodeClassArgs, NodeClassName } from "./args";

const nodeClassNames = [
  "system",
  "general",
  "general-arm64",
  "spot",
  "spot-arm64",
  "ai-processing",
  "ai-processing-arm64",
] as const satisfies readonly NodeClassName[];

export const capacityTypes: Readonly<Record<NodeClassName, "ON_DEMAND" | "SPOT">> = {
  system: "ON_DEMAND",
  general: "ON_DEMAND",
  "general-arm64": "ON_DEMAND",
  spot: "SPOT",
  "spot-arm64": "SPOT",
  "ai-processing": "ON_DEMAND",
  "ai-processing-arm64": "ON_DEMAND",
};

interface ImageTraits {
  rootDevice: string;
  architecture: Architecture;
}

export const imageTraits: Readonly<Record<AmiType, ImageTraits>> = {
  AL2023_x86_64_STANDARD: { rootDevice: "/dev/xvda", architecture: "amd64" },
  AL2023_ARM_64_STANDARD: { rootDevice: "/dev/xvda", architecture: "arm64" },
};

/** The node image for a processor. */
export const amiTypeOf: Readonly<Record<Architecture, AmiType>> = {
  amd64: "AL2023_x86_64_STANDARD",
  arm64: "AL2023_ARM_64_STANDARD",
};

/** The classes that a cluster has, in a fixed order. */
export function presentClasses(
  nodeClasses: ClusterSpec["nodeClasses"],
): [NodeClassName, NodeClassArgs][] {
  return nodeClassNames.flatMap((nodeClass): [NodeClassName, NodeClassArgs][] => {
    const args = nodeClasses[nodeClass];
    return args === undefined ? [] : [[nodeClass, args]];
  });
}
