import type { Architecture } from "./architecture";
import type { Amounts } from "./container-resources";
import type { InstanceType } from "./instance-types";

const mib = 2 ** 20;
const gib = 2 ** 30;

/** What a node has for pods: millicores, bytes, and how many pods. */
export interface NodeRoom extends Amounts {
  readonly pods: number;
  /** Default: one that runs everything. */
  readonly architecture?: Architecture;
}

/** What a pod asks for. */
export interface PodAmounts extends Amounts {
  /** Default: it runs on any. */
  readonly architectures?: readonly Architecture[];
}

/**
 * The DaemonSets of every node: network plugin, proxy, volume driver, node monitoring and workload identity, and from the
 * observability stack the agent for logs and traces (100m, 256 MiB) and the node exporter (30m, 64 MiB).
 */
const daemons: NodeRoom = {
  cpu: 350,
  memory: 576 * mib,
  ephemeralStorage: 0,
  pods: 7,
};

/**
 * What a node leaves to pods: less the system's reserve, the thresholds of eviction, and its DaemonSets.
 * @see https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/config.go
 */
export function nodeRoom({ vcpus, memoryGiB, pods }: InstanceType, diskGiB: number): NodeRoom {
  const evictionBytes = 100 * mib;
  const reservedBytes = (255 + 11 * pods) * mib;
  // Hypervisor and kernel keep some of the memory too: 5 % is more than was seen on any of these types.
  const memory = Math.floor(memoryGiB * gib * 0.95) - reservedBytes - evictionBytes;
  // A tenth of the disk is the threshold of eviction; images lie on the same disk but count against nobody.
  const disk = Math.floor(diskGiB * gib * 0.9) - gib;
  return {
    cpu: vcpus * 1000 - reservedMillicores(vcpus) - daemons.cpu,
    memory: memory - daemons.memory,
    ephemeralStorage: disk - daemons.ephemeralStorage,
    pods: pods - daemons.pods,
  };
}

/** 6 % of the first core, 1 % of the second, 0.5 % of the next two, 0.25 % of the rest. */
function reservedMillicores(vcpus: number): number {
  const within = (from: number, to: number) => Math.max(0, Math.min(vcpus, to) - from);
  return Math.ceil(
    within(0, 1) * 60 + within(1, 2) * 10 + within(2, 4) * 5 + within(4, vcpus) * 2.5,
  );
}

export function fits(pod: PodAmounts, room: NodeRoom): boolean {
  const { architecture } = room;
  return (
    (architecture === undefined || pod.architectures?.includes(architecture) !== false) &&
    room.pods >= 1 &&
    room.cpu >= pod.cpu &&
    room.memory >= pod.memory &&
    room.ephemeralStorage >= pod.ephemeralStorage
  );
}

/** How many kinds of nodes a pod may choose between. */
const choices = ({ architectures }: PodAmounts) => architectures?.length ?? Infinity;

/** Pods that find no place when those with the least choice and the largest are placed first, each on the first node that has room. */
export function homelessPods(pods: readonly PodAmounts[], nodes: readonly NodeRoom[]): number {
  const left = nodes.map((node) => ({ ...node }));
  return [...pods]
    .sort(
      (a, b) => order(choices(a), choices(b)) || order(b.cpu, a.cpu) || order(b.memory, a.memory),
    )
    .filter((pod) => {
      const node = left.find((room) => fits(pod, room));
      if (node === undefined) return true;
      node.pods -= 1;
      node.cpu -= pod.cpu;
      node.memory -= pod.memory;
      node.ephemeralStorage -= pod.ephemeralStorage;
      return false;
    }).length;
}

/** A difference would be no number between two without an end. */
function order(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
