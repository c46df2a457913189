import { containerAmounts } from "../../components/shared/container-resources";
import { instanceTypes } from "../../components/shared/instance-types";
import { homelessPods, nodeRoom } from "../../components/shared/node-room";
import type { ServiceRecord } from "../../components/shared/service-record";
import type { Registration } from "../offline/registration";
import { presentable } from "../plan/values";
import { listOf, numberOf, textOf, within } from "./count/read-inputs";

/** A class of nodes as its groups have it, all zones together. */
export interface NodeClassGroups {
  readonly groups: number;
  readonly least: number;
  readonly most: number;
  /** Of one node, of the type that is asked for first. */
  readonly vcpus: number;
  /** Nodes that the floors of the services need, where the groups start at none; 0 where no service has a floor there. */
  readonly byDay: number;
}

function isNodeGroup(type: string): boolean {
  return type === "eks:index:ManagedNodeGroup" || type === "aws:eks/nodeGroup:NodeGroup";
}

const workloads = ["kubernetes:apps/v1:Deployment", "kubernetes:argoproj.io/v1alpha1:Rollout"];

/** Replicas that a service has at least by day, by its name. */
export function floorsByService(resources: readonly Registration[]): Map<string, number> {
  return new Map(
    resources
      .filter(({ type }) => workloads.includes(type))
      .map(({ inputs }) => {
        const given = presentable(inputs) as Record<string, unknown>;
        const { name } = within(given, "metadata");
        return [textOf(name), numberOf(within(given, "spec")["replicas"])];
      }),
  );
}

export function nodeClassGroups(
  resources: readonly Registration[],
  services: readonly ServiceRecord[],
  diskGiB: (nodeClass: string) => number,
): ReadonlyMap<string, NodeClassGroups> {
  const found = new Map<string, Omit<NodeClassGroups, "byDay" | "vcpus"> & { type: string }>();
  for (const { type, inputs } of resources) {
    if (!isNodeGroup(type)) continue;
    const given = presentable(inputs) as Record<string, unknown>;
    const nodeClass = textOf(within(given, "labels")["workload"]);
    const { minSize, maxSize } = within(given, "scalingConfig");
    const known = found.get(nodeClass);
    found.set(nodeClass, {
      type: textOf(listOf(given["instanceTypes"])[0]),
      groups: (known?.groups ?? 0) + 1,
      least: (known?.least ?? 0) + numberOf(minSize),
      most: (known?.most ?? 0) + numberOf(maxSize),
    });
  }
  const floors = floorsByService(resources);
  return new Map(
    [...found].map(([nodeClass, { type, ...groups }]) => {
      const ofClass = services.filter((record) => record.nodeClass === nodeClass);
      const byDay =
        groups.least > 0
          ? 0
          : nodesFor(ofClass, floors, { type, diskGiB: diskGiB(nodeClass), most: groups.most });
      return [nodeClass, { ...groups, byDay, vcpus: instanceTypes[type]?.vcpus ?? 0 }];
    }),
  );
}

interface NodeSize {
  readonly type: string;
  readonly diskGiB: number;
  readonly most: number;
}

/** Fewest nodes on which the floors find room; no more than there may be. */
function nodesFor(
  services: readonly ServiceRecord[],
  floors: ReadonlyMap<string, number>,
  { type, diskGiB, most }: NodeSize,
): number {
  const pods = services.flatMap((record) =>
    Array.from({ length: floors.get(record.name) ?? 0 }, () => containerAmounts(record).requests),
  );
  const size = instanceTypes[type];
  if (pods.length === 0 || size === undefined) return 0;
  const room = nodeRoom(size, diskGiB);
  let count = 1;
  while (
    count < most &&
    homelessPods(
      pods,
      Array.from({ length: count }, () => room),
    ) > 0
  )
    count += 1;
  return count;
}
