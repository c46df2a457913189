import { clusterCostsSize } from "../components/cluster-costs";
import { observabilityPods } from "../components/observability-stack";
import { recordProblems } from "../components/shared/catalogue";
import { containerAmounts, type Amounts } from "../components/shared/container-resources";
import { instanceTypeProblem, instanceTypes } from "../components/shared/instance-types";
import { fits, homelessPods, nodeRoom, type NodeRoom } from "../components/shared/node-room";
import { formatCpu, parseBytes, parseCpu } from "../components/shared/quantities";
import type { NodeClass, ServiceRecord } from "../components/shared/service-record";
import type { Environment } from "./environment";
import { fewestZones, type WellFormed } from "./environment-rules";
import { observabilitySchema } from "./observability-schema";

type Candidate = WellFormed<Environment>;
type NodeClassSettings = Environment["cluster"]["nodeClasses"][NodeClass];

const serviceClasses = ["general", "spot", "ai-processing"] as const satisfies readonly NodeClass[];

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
  const settings = cluster?.nodeClasses?.[nodeClass];
  if (!isComplete(settings)) return [];
  // What is wrong with a record in itself is told with the catalogue.
  const ofClass = records.filter(
    (record) => record.nodeClass === nodeClass && recordProblems(record).length === 0,
  );
  const large = ofClass.flatMap((record) => sizeProblems(record, nodeClass, settings));
  if (large.length > 0 || stage === undefined || stage === "development") return large;
  return peakProblems(ofClass, nodeClass, { settings, zones, stage });
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

function isComplete(
  settings: WellFormed<NodeClassSettings> | undefined,
): settings is NodeClassSettings {
  return (
    settings?.instanceTypes !== undefined &&
    settings.instanceTypes.length > 0 &&
    settings.diskGiB !== undefined &&
    settings.maxPerZone !== undefined
  );
}

/** A pod of the record on a node that is empty but for its DaemonSets. */
function sizeProblems(
  record: ServiceRecord,
  nodeClass: NodeClass,
  settings: NodeClassSettings,
): string[] {
  const pod = containerAmounts(record).requests;
  const { name, room } = smallestNode(settings);
  if (fits(pod, room)) return [];
  return [
    `${record.name}.requests: got ${describe(pod, Math.ceil)} a pod, for which no node of ${nodeClass} has room; ` +
      `need at most ${describe(room, Math.floor)} (${name} with ${settings.diskGiB} GiB of disk), or ` +
      `${largerNode(pod, name, settings.diskGiB)} in auterity:cluster.nodeClasses.${nodeClass}`,
  ];
}

interface ClassInEnvironment {
  readonly settings: NodeClassSettings;
  readonly zones: number;
  readonly stage: Environment["stage"];
}

/** Of a service that is released blue-green, the whole new set runs beside the old one. */
function mostPods({ scaling, rollout }: ServiceRecord): number {
  return rollout === "blue-green" ? 2 * scaling.max : scaling.max;
}

/** Every record of the class at its maximum, also during a release, on as many nodes as there may be. */
function peakProblems(
  records: readonly ServiceRecord[],
  nodeClass: NodeClass,
  { settings, zones, stage }: ClassInEnvironment,
): string[] {
  const pods = podsOf(records, mostPods);
  const homelessWith = (perZone: number) => homelessPods(pods, nodesOf(settings, perZone * zones));
  const homeless = homelessWith(settings.maxPerZone);
  if (homeless === 0) return [];
  let need = settings.maxPerZone + 1;
  // It ends: every pod has room on a node of its own.
  while (homelessWith(need) > 0) need += 1;
  const names = records.map((record) => `${record.name} ${mostPods(record)}`).join(", ");
  return [
    `auterity:cluster.nodeClasses.${nodeClass}.maxPerZone: got ${settings.maxPerZone}, which leaves ${homeless} ` +
      `of ${pods.length} pods without a node at the peak (${names}), need ${need} or more in ${stage}, ` +
      "larger instanceTypes, or a smaller scaling.max in the catalogue",
  ];
}

/** What each of so many pods of the records asks for. */
export function podsOf(
  records: readonly ServiceRecord[],
  replicas: (record: ServiceRecord) => number,
): Amounts[] {
  return records.flatMap((record) =>
    Array.from({ length: replicas(record) }, () => containerAmounts(record).requests),
  );
}

/** So many nodes of a class, for what may be counted on. */
export function nodesOf(settings: NodeSize, count: number): NodeRoom[] {
  const { room } = smallestNode(settings);
  return Array.from({ length: count }, () => room);
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
