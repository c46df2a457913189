import type { ClusterSpec, NodeClassArgs, NodeClassName } from "./args";
import { architectureOf } from "../shared/architecture";
import { nodeClassOf } from "../shared/node-classes";
import { capacityTypeOf, imageTraits, otherCapacity, presentClasses } from "./node-classes";

/** Spot capacity of one type goes all at once. @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html */
const fewestSpotTypes = 3;
/** What the node image itself needs. @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html */
const smallestDiskGiB = 20;

export function nodeClassProblems({ nodeClasses }: ClusterSpec): string[] {
  return presentClasses(nodeClasses).flatMap(([nodeClass, args]) => [
    ...boundProblems(nodeClass, args),
    ...typeProblems(nodeClass, args),
    ...pairProblems(nodeClass, nodeClasses),
  ]);
}

/** Beside nodes of the class with the other processor, or it would be the same pool twice. */
function pairProblems(pool: NodeClassName, nodeClasses: ClusterSpec["nodeClasses"]): string[] {
  const nodeClass = nodeClassOf(pool);
  if (nodeClass === pool) return [];
  const path = `nodeClasses.${pool}`;
  const problems: string[] = [];
  const { amiType } = nodeClasses[pool] ?? {};
  if (amiType !== undefined && imageTraits[amiType].architecture !== "arm64")
    problems.push(`${path}.amiType: got ${amiType}, need an image for Arm`);
  const other = nodeClasses[nodeClass]?.amiType;
  if (other === undefined || imageTraits[other].architecture === "arm64")
    problems.push(
      `${path}: got it ${other === undefined ? "without" : "beside Arm nodes as"} ${nodeClass}, need x86 nodes in ` +
        `nodeClasses.${nodeClass}; alone, Arm nodes are the class itself`,
    );
  return problems;
}

function boundProblems(nodeClass: NodeClassName, args: NodeClassArgs): string[] {
  const path = `nodeClasses.${nodeClass}`;
  const { minPerZone, maxPerZone, desired = minPerZone, diskGiB } = args;
  const least = nodeClass === "system" ? 1 : 0;
  const problems: string[] = [];
  if (!isCount(minPerZone, least)) {
    problems.push(`${path}.minPerZone: got ${minPerZone}, need ${least} or more`);
  }
  if (!isCount(maxPerZone, 1)) {
    problems.push(`${path}.maxPerZone: got ${maxPerZone}, need 1 or more`);
  } else if (maxPerZone < minPerZone) {
    problems.push(`${path}.maxPerZone: got ${maxPerZone}, need at least minPerZone, ${minPerZone}`);
  } else if (!isCount(desired, minPerZone) || desired > maxPerZone) {
    problems.push(`${path}.desired: got ${desired}, need ${minPerZone} to ${maxPerZone}`);
  }
  if (!isCount(diskGiB, smallestDiskGiB)) {
    problems.push(`${path}.diskGiB: got ${diskGiB}, need ${smallestDiskGiB} or more`);
  }
  return problems;
}

function typeProblems(nodeClass: NodeClassName, args: NodeClassArgs): string[] {
  const path = `nodeClasses.${nodeClass}.instanceTypes`;
  const { instanceTypes, amiType } = args;
  const problems: string[] = [];
  const need = otherCapacity(nodeClass, args);
  const fewest = (need ?? capacityTypeOf(nodeClass, args)) === "SPOT" ? fewestSpotTypes : 1;
  if (need !== undefined)
    problems.push(
      `nodeClasses.${nodeClass}.capacityType: got ${String(args.capacityType)}, need ${need}; only ai-processing has a choice`,
    );
  if (new Set(instanceTypes).size < fewest) {
    problems.push(
      `${path}: got ${instanceTypes.join(", ") || "none"}, need at least ${fewest} different type(s)`,
    );
  }
  const sizes = new Set(instanceTypes.map((instanceType) => instanceType.split(".")[1]));
  if (sizes.size > 1) {
    problems.push(
      `${path}: got ${instanceTypes.join(", ")}, need types of one size, since the autoscaler takes the first for all`,
    );
  }
  for (const instanceType of instanceTypes) {
    if (!/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(instanceType)) {
      problems.push(`${path}: got "${instanceType}", need an instance type, such as m7i.large`);
    } else if (architectureOf(instanceType) !== imageTraits[amiType].architecture) {
      const processor = imageTraits[amiType].architecture === "arm64" ? "an Arm" : "an x86";
      problems.push(`${path}: got ${instanceType}, need ${processor} type for ${amiType}`);
    }
  }
  return problems;
}

function isCount(value: number, least: number): boolean {
  return Number.isInteger(value) && value >= least;
}
