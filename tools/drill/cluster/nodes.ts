import { instanceTypes } from "../../../components/shared/instance-types";
import { nodeRoom } from "../../../components/shared/node-room";
import type { KubernetesApi, KubernetesObject, WithConditions } from "../kubernetes-api";
import type { NodeGroup } from "./planned";

export const zoneLabel = "topology.kubernetes.io/zone";
export const nodeClassLabel = "workload";
export const instanceTypeLabel = "node.kubernetes.io/instance-type";

export interface NodeObject extends WithConditions {
  readonly spec?: {
    readonly taints?: readonly { readonly key: string }[];
    readonly unschedulable?: boolean;
  };
}

/** As many simulated nodes as a group has at its smallest. */
export function nodesOfGroup(group: NodeGroup): KubernetesObject[] {
  return Array.from({ length: group.least }, (_, index) =>
    simulatedNode(group, `${group.nodeClass}-${group.zone}-${index + 1}`),
  );
}

/** A node as its kubelet would enter it, with what its DaemonSets leave to others. */
function simulatedNode(group: NodeGroup, name: string): KubernetesObject {
  const [type = ""] = group.instanceTypes;
  const room = quantities(roomOf(type, group.diskGiB));
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      annotations: { "kwok.x-k8s.io/node": "fake" },
      labels: {
        ...group.labels,
        ...nodeLabels(type, group.zone),
        "kubernetes.io/hostname": name,
        "eks.amazonaws.com/capacityType": group.capacityType,
      },
    },
    spec: { taints: group.taints },
    status: { allocatable: room, capacity: room },
  } as KubernetesObject;
}

function nodeLabels(type: string, zone: string): Record<string, string> {
  return {
    [zoneLabel]: zone,
    "topology.kubernetes.io/region": zone.slice(0, -1),
    [instanceTypeLabel]: type,
    "kubernetes.io/os": "linux",
    "kubernetes.io/arch": instanceTypes[type]?.architecture ?? "amd64",
  };
}

/** What an instance type leaves to pods. */
export function roomOf(type: string, diskGiB: number): ReturnType<typeof nodeRoom> {
  const facts = instanceTypes[type];
  if (facts === undefined) throw new Error(`${type}: components/shared/instance-types.ts lacks it`);
  return nodeRoom(facts, diskGiB);
}

export function quantities(room: ReturnType<typeof nodeRoom>): Record<string, string> {
  return {
    cpu: `${room.cpu}m`,
    memory: `${Math.floor(room.memory / 1024)}Ki`,
    "ephemeral-storage": `${Math.floor(room.ephemeralStorage / 1024)}Ki`,
    pods: String(room.pods),
  };
}

export function isReady({ status }: WithConditions): boolean {
  return (
    status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") ?? false
  );
}

/** As its kubelet enters it: with a status, which an update would not take. One that is there stays as it is. */
export async function createNode(api: KubernetesApi, node: KubernetesObject): Promise<void> {
  const path = await api.collection({ apiVersion: "v1", kind: "Node" });
  const { status, text } = await api.send({ method: "POST", path, body: node });
  if (status !== 201 && status !== 409)
    throw new Error(`node ${node.metadata.name}: HTTP ${status}: ${text}`);
}

/** Takes the nodes out of the API, as the cloud's node controller does when their machines are gone. */
export async function deleteNodes(api: KubernetesApi, names: readonly string[]): Promise<void> {
  await Promise.all(
    names.map((name) => api.remove({ apiVersion: "v1", kind: "Node", metadata: { name } })),
  );
}
