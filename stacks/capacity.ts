import { clusterCostsSize } from "../components/cluster-costs";
import { observabilityPods } from "../components/observability-stack";
import { architectureOf, architecturesOf } from "../components/shared/architecture";
import { recordProblems } from "../components/shared/catalogue";
import { containerAmounts, type Amounts } from "../components/shared/container-resources";
import { instanceTypeProblem, instanceTypes } from "../components/shared/instance-types";
import {
  fits,
  homelessPods,
  nodeRoom,
  type NodeRoom,
  type PodAmounts,
} from "../components/shared/node-room";
import { formatCpu, parseBytes, parseCpu } from "../components/shared/quantities";
import { nodeClassOf } from "../components/shared/node-classes";
import type { NodeClass, ServiceRecord } from "../components/shared/service-record";
import type { Environment } from "./environment";
import { fewestZones, type WellFormed } from "./environment-rules";
import { isComplete, poolsFor, serviceClasses, type SettledPool, usablePools } from "./node-pools";
import { observabilitySchema } from "./observability-schema";

type Candidate = WellFormed<Environment>;
type NodeClassSettings = Environment["cluster"]["nodeClasses"][NodeClass];

/** What the nodes of an environment cannot carry, with what would be accepted; before anything is registered. */
export function capacityProblems(
  { cluster, costs, network, observability, stage }: Candidate,
  records: readonly ServiceRecord[],
): string[] {
  const zones = network?.availabilityZones?.length;
  const types = Object.entries(cluster?.nodeClasses ?? {}).flatMap(([nodeClass, settings]) =>
    (settings?.instanceTypes ?? []).flatMap((type) => {
      const problem = instanceTypeProblem(type);
      return problem === undefined
        ? []
        : [`auterity:cluster.nodeClasses.${nodeClass}.instanceTypes: ${problem}`];
    }),
  );
  // Too few zones are told of already; what they can carry says nothing about the nodes.
  if (types.length > 0 || zones === undefined || zones < fewestZones(stage)) return types;
  return [
    ...systemProblems({ cluster, costs, observability, stage }, zones),
    ...serviceClasses.flatMap((nodeClass) =>
      classProblems(nodeClass, { cluster, stage, records, zones }),
    ),
  ];
}
interface ClassesInEnvironment extends Pick<Candidate, "cluster" | "stage"> {
  readonly records: readonly ServiceRecord[];
  readonly zones: number;
}

function classProblems(
  nodeClass: NodeClass,
  { cluster, stage, records, zones }: ClassesInEnvironment,
): string[] {
  const pools = poolsFor(cluster?.nodeClasses).filter(
    ({ name }) => nodeClassOf(name) === nodeClass,
  );
  // What is wrong with a record in itself is told with the catalogue, what runs on no node with the architectures.
  const ofClass = records.filter(
    (record) =>
      record.nodeClass === nodeClass &&
      recordProblems(record).length === 0 &&
      usablePools(record, pools).length > 0,
  );
  const large = ofClass.flatMap((record) => sizeProblems(record, usablePools(record, pools)));
  if (large.length > 0 || stage === undefined || stage === "development") return large;
  return peakProblems(ofClass, { pools, zones, stage });
}

/**
 * Controllers and what EKS brings, all small: network, storage and load balancer, autoscalers, secrets, releases, scanner.
 * They may run elsewhere too, but nobody is to count on the services' nodes.
 */
const controllerPods: readonly Amounts[] = Array.from({ length: 28 }, () => ({
  cpu: parseCpu("100m"),
  memory: parseBytes("256Mi"),
  ephemeralStorage: 0,
}));

/** Reads a price list, so it is larger than they are. */
const openCostPod: Amounts = {
  cpu: parseCpu(clusterCostsSize.cpu),
  memory: parseBytes(clusterCostsSize.memory),
  ephemeralStorage: 0,
};

/** What each pod on the nodes of the platform's own parts asks for. */
export function systemPods(
  { metrics, alertmanagers, logs, traces }: Environment["observability"],
  { openCost }: Pick<Environment["costs"], "openCost">,
): Amounts[] {
  const alerting = { replicas: alertmanagers };
  return [
    ...observabilityPods({ metrics, alerting, logs, traces }),
    ...controllerPods,
    ...(openCost ? [openCostPod] : []),
  ];
}

/** Outside of development they have to do with one zone less. */
function systemProblems(
  {
    cluster,
    costs,
    observability,
    stage,
  }: Pick<Candidate, "cluster" | "costs" | "observability" | "stage">,
  zones: number,
): string[] {
  const settings = cluster?.nodeClasses?.system;
  const watched = observabilitySchema.safeParse(observability);
  if (!isComplete(settings) || !watched.success || stage === undefined) return [];
  const left = stage === "development" ? zones : zones - 1;
  const pods = systemPods(watched.data, { openCost: costs?.openCost === true });
  const homelessWith = (perZone: number) => homelessPods(pods, nodesOf(settings, perZone * left));
  const homeless = homelessWith(settings.maxPerZone);
  if (homeless === 0) return [];
  const { name, room } = smallestNode(settings);
  const large = pods.filter((pod) => !fits(pod, room)).length;
  const path = "auterity:cluster.nodeClasses.system";
  if (large > 0)
    return [
      `${path}.instanceTypes: got ${name}, which has no room for ${large} of the ${pods.length} pods of the platform's ` +
        `own parts; need larger instanceTypes, or smaller requests in auterity:observability`,
    ];
  let need = settings.maxPerZone + 1;
  // It ends: every pod has room on a node of its own.
  while (homelessWith(need) > 0) need += 1;
  const lost = left < zones ? " when a zone is lost" : "";
  return [
    `${path}.maxPerZone: got ${settings.maxPerZone}, which leaves ${homeless} of the ${pods.length} pods of the ` +
      `platform's own parts without a node${lost}, need ${need} or more in ${stage}, larger instanceTypes, or smaller ` +
      "requests in auterity:observability",
  ];
}

/** A pod of the record on a node that is empty but for its DaemonSets, of any pool that it may use. */
function sizeProblems(record: ServiceRecord, pools: readonly SettledPool[]): string[] {
  const pod = containerAmounts(record).requests;
  const [pool] = pools;
  if (pool === undefined || pools.some(({ settings }) => fits(pod, smallestNode(settings).room)))
    return [];
  const { settings, name: poolName } = pool;
  const { name, room } = smallestNode(settings);
  return [
    `${record.name}.requests: got ${describe(pod, Math.ceil)} a pod, for which no node of ${poolName} has room; ` +
      `need at most ${describe(room, Math.floor)} (${name} with ${settings.diskGiB} GiB of disk), or ` +
      `${largerNode(pod, name, settings.diskGiB)} in auterity:cluster.nodeClasses.${poolName}`,
  ];
}

interface ClassInEnvironment {
  readonly pools: readonly SettledPool[];
  readonly zones: number;
  readonly stage: Environment["stage"];
}

/** Of a service that is released blue-green, the whole new set runs beside the old one. */
function mostPods({ scaling, rollout }: ServiceRecord): number {
  return rollout === "blue-green" ? 2 * scaling.max : scaling.max;
}

/** Those that one pool alone can run on it, then every record of the class on all of its nodes. */
function peakProblems(
  records: readonly ServiceRecord[],
  { pools, zones, stage }: ClassInEnvironment,
): string[] {
  const ofOne = pools.flatMap((pool) =>
    poolProblems(
      records.filter((record) => usablePools(record, pools).every((usable) => usable === pool)),
      { pool, beside: [], zones, stage },
    ),
  );
  const [pool, ...others] = pools;
  if (ofOne.length > 0 || pool === undefined || others.length === 0) return ofOne;
  const beside = others.flatMap(({ settings }) => nodesOf(settings, settings.maxPerZone * zones));
  return poolProblems(records, { pool, beside, zones, stage });
}

interface PoolInEnvironment extends Omit<ClassInEnvironment, "pools"> {
  readonly pool: SettledPool;
  /** Other nodes of the class. */
  readonly beside: readonly NodeRoom[];
}

/** Every record at its maximum, also during a release, on as many nodes as there may be. */
function poolProblems(
  ofClass: readonly ServiceRecord[],
  { pool: { name, settings }, beside, zones, stage }: PoolInEnvironment,
): string[] {
  const pods = podsOf(ofClass, mostPods);
  const homelessWith = (perZone: number) =>
    homelessPods(pods, [...beside, ...nodesOf(settings, perZone * zones)]);
  const homeless = homelessWith(settings.maxPerZone);
  if (homeless === 0) return [];
  let need = settings.maxPerZone + 1;
  // With a node for each pod there is room, but for one that fits the other nodes of its class alone.
  const enough = settings.maxPerZone + pods.length;
  while (need < enough && homelessWith(need) > 0) need += 1;
  const names = ofClass.map((record) => `${record.name} ${mostPods(record)}`).join(", ");
  return [
    `auterity:cluster.nodeClasses.${name}.maxPerZone: got ${settings.maxPerZone}, which leaves ${homeless} ` +
      `of ${pods.length} pods without a node at the peak (${names}), need ${need} or more in ${stage}, ` +
      "larger instanceTypes, or a smaller scaling.max in the catalogue",
  ];
}

/** What each of so many pods of the records asks for. */
export function podsOf(
  records: readonly ServiceRecord[],
  replicas: (record: ServiceRecord) => number,
): PodAmounts[] {
  return records.flatMap((record) =>
    Array.from({ length: replicas(record) }, () => ({
      ...containerAmounts(record).requests,
      architectures: architecturesOf(record),
    })),
  );
}

/** So many nodes of a class, for what may be counted on. */
export function nodesOf(settings: NodeSize, count: number): NodeRoom[] {
  const { name, room } = smallestNode(settings);
  return Array.from({ length: count }, () => ({ ...room, architecture: architectureOf(name) }));
}

type NodeSize = Pick<NodeClassSettings, "instanceTypes" | "diskGiB">;

/** The autoscaler may get any of the types and takes all for alike, so the one with the least memory counts. */
function smallestNode({ instanceTypes: names, diskGiB }: NodeSize): {
  name: string;
  room: NodeRoom;
} {
  return names
    .map((name) => ({ name, room: roomOf(name, diskGiB) }))
    .reduce((a, b) => (b.room.memory < a.room.memory ? b : a));
}

function roomOf(name: string, diskGiB: number): NodeRoom {
  const type = instanceTypes[name];
  if (type === undefined) throw new Error(`instance type: ${instanceTypeProblem(name) ?? ""}`);
  return nodeRoom(type, diskGiB);
}

/** The smallest type of the same family, no smaller than this one, and the disk that would do. */
function largerNode(pod: Amounts, name: string, diskGiB: number): string {
  const family = `${name.slice(0, name.indexOf("."))}.`;
  let disk = diskGiB;
  while (roomOf(name, disk).ephemeralStorage < pod.ephemeralStorage) disk += 10;
  const ofFamily = Object.keys(instanceTypes).filter((other) => other.startsWith(family));
  const larger = ofFamily
    .slice(ofFamily.indexOf(name))
    .find((other) => fits(pod, roomOf(other, disk)));
  const node = larger ?? `a family with more than ${ofFamily.at(-1) ?? name}`;
  return disk === diskGiB ? node : `${node} with ${disk} GiB of disk`;
}

function describe(
  { cpu, memory, ephemeralStorage }: Amounts,
  round: (tenths: number) => number,
): string {
  const gib = (bytes: number) => `${round((bytes / 2 ** 30) * 10) / 10} GiB`;
  return `${formatCpu(cpu)} CPU, ${gib(memory)} of memory and ${gib(ephemeralStorage)} of disk`;
}
