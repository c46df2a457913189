import type { Architecture } from "../shared/architecture";
import { nodeClassOf } from "../shared/node-classes";
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

/** What a class is made of; undefined where its settings may say so. */
const fixedCapacity: Readonly<
  Record<ReturnType<typeof nodeClassOf<NodeClassName>>, CapacityType | undefined>
> = {
  system: "ON_DEMAND",
  general: "ON_DEMAND",
  spot: "SPOT",
  "ai-processing": undefined,
};
type CapacityType = NonNullable<NodeClassArgs["capacityType"]>;

export function capacityTypeOf(name: NodeClassName, args: NodeClassArgs): CapacityType {
  return args.capacityType ?? fixedCapacity[nodeClassOf(name)] ?? "ON_DEMAND";
}

/** The only one that the class may have, where it is not the one that was asked for. */
export function otherCapacity(name: NodeClassName, args: NodeClassArgs): CapacityType | undefined {
  const fixed = fixedCapacity[nodeClassOf(name)];
  return args.capacityType === fixed || args.capacityType === undefined ? undefined : fixed;
}

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
