import type { AmiType } from "../shared/versions";
import type { ClusterSpec, NodeClassArgs, NodeClassName } from "./args";

const nodeClassNames = [
  "system",
  "general",
  "spot",
  "ai-processing",
] as const satisfies readonly NodeClassName[];

export const capacityTypes: Readonly<Record<NodeClassName, "ON_DEMAND" | "SPOT">> = {
  system: "ON_DEMAND",
  general: "ON_DEMAND",
  spot: "SPOT",
  "ai-processing": "ON_DEMAND",
};

interface ImageTraits {
  rootDevice: string;
  graviton: boolean;
}

export const imageTraits: Readonly<Record<AmiType, ImageTraits>> = {
  AL2023_x86_64_STANDARD: { rootDevice: "/dev/xvda", graviton: false },
  AL2023_ARM_64_STANDARD: { rootDevice: "/dev/xvda", graviton: true },
};

/** True for instance types with an Arm processor: a "g" after the generation, as in m7g, c7gn, r8gd; not g5 or g4dn. */
export function isGraviton(instanceType: string): boolean {
  return /^(a1|[a-z]+\d+[a-z]*g[a-z]*)\./.test(instanceType);
}

/** The classes that a cluster has, in a fixed order. */
export function presentClasses(
  nodeClasses: ClusterSpec["nodeClasses"],
): [NodeClassName, NodeClassArgs][] {
  return nodeClassNames.flatMap((nodeClass): [NodeClassName, NodeClassArgs][] => {
    const args = nodeClasses[nodeClass];
    return args === undefined ? [] : [[nodeClass, args]];
  });
}
