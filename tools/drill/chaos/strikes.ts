import { setTimeout as sleep } from "node:timers/promises";
import { evict } from "../cluster/evict";
import {
  createNode,
  deleteNodes,
  isReady,
  nodeClassLabel,
  nodesOfGroup,
  zoneLabel,
} from "../cluster/nodes";
import { isEnding, type PodObject } from "../cluster/recorder";
import type { Service, World } from "../cluster/world";
import type { KubernetesObject } from "../kubernetes-api";
import type { Eviction, Manner, Strike } from "./judge";
import type { Random } from "./random";

/** What is done, and what came of it. */
export interface Havoc {
  readonly strikes: Strike[];
  readonly evictions: Eviction[];
  readonly counts: {
    killed: number;
    evicted: number;
    refused: number;
    nodes: number;
    scaledUp: number;
    /** Evictions that a budget let go because it still counted pods of a lost node. */
    unseen: number;
  };
  /** Nodes that are gone and come back, in seconds of the recorder. */
  replacement: Promise<void> | undefined;
}

export function noHavoc(): Havoc {
  const counts = { killed: 0, evicted: 0, refused: 0, nodes: 0, scaledUp: 0, unseen: 0 };
  return { strikes: [], evictions: [], counts, replacement: undefined };
}

interface Budget extends KubernetesObject {
  readonly status?: { readonly desiredHealthy?: number };
}

/** Until a machine that is lost has a successor; its group starts one at once. */
const replacementSeconds = 30;

const serviceLabel = "app.kubernetes.io/name";

export async function killPod(world: World, havoc: Havoc, random: Random): Promise<void> {
  const pod = random.pick(readyPods(world));
  if (pod === undefined) return;
  strike(world, havoc, { service: serviceOf(pod), manner: "killed" });
  havoc.counts.killed += 1;
  const { metadata } = pod;
  await world.api.remove({ apiVersion: "v1", kind: "Pod", metadata }, { gracePeriodSeconds: 0 });
}

/** Asks for a pod as a drain does; its budget may refuse. */
export async function evictPod(world: World, havoc: Havoc, random: Random): Promise<void> {
  const pod = random.pick(readyPods(world));
  if (pod === undefined) return;
  await evictCounted(world, havoc, { pod });
}

/** `kept` is what the budget keeps ready. Default: as its status says. */
export async function evictCounted(
  world: World,
  havoc: Havoc,
  { pod, kept }: { readonly pod: PodObject; readonly kept?: number },
): Promise<void> {
  const service = serviceOf(pod);
  const floor = kept ?? (await floorOf(world, service));
  const seconds = world.recorder.elapsed();
  // As the API has it, which is all that a budget knows: pods of a lost node count until they are given up.
  const ready = world.recorder
    .pods()
    .filter((one) => serviceOf(one) === service && isReady(one) && !isEnding(one)).length;
  const standing = world.recorder.now().ready[service] ?? 0;
  if (!(await evict(world, pod))) {
    havoc.counts.refused += 1;
    return;
  }
  havoc.counts.evicted += 1;
  havoc.strikes.push({ seconds, service, manner: "evicted" });
  havoc.evictions.push({ service, ready, floor });
  if (standing - 1 < floor) havoc.counts.unseen += 1;
}

/** The machine ends and its node is taken out of the API; its group starts another with another name. */
export async function loseNode(world: World, havoc: Havoc, random: Random): Promise<void> {
  const { api, planned, recorder } = world;
  const node = random.pick(recorder.nodes().filter(isReady));
  if (node === undefined) return;
  const { name, labels = {} } = node.metadata;
  const group = planned.nodeGroups.find(
    ({ nodeClass, zone }) => nodeClass === labels[nodeClassLabel] && zone === labels[zoneLabel],
  );
  const [successor] = group === undefined ? [] : nodesOfGroup(group);
  if (successor === undefined) throw new Error(`node ${name} belongs to no planned group`);
  for (const pod of readyPods(world).filter(({ spec }) => spec.nodeName === name))
    strike(world, havoc, { service: serviceOf(pod), manner: "on a lost node" });
  havoc.counts.nodes += 1;
  const next = `${name.replace(/-r\d+$/, "")}-r${havoc.counts.nodes}`;
  recorder.mark(`node ${name} is lost`);
  await deleteNodes(api, [name]);
  havoc.replacement = sleep(replacementSeconds * 1000).then(async () => {
    await createNode(api, renamed(successor, next));
    recorder.mark(`node ${next} is there`);
    // What stood on the lost one is given up only later: the next loss waits for it.
    await sleep(replacementSeconds * 1000);
    havoc.replacement = undefined;
  });
}

function renamed(node: KubernetesObject, name: string): KubernetesObject {
  const labels = { ...node.metadata.labels, "kubernetes.io/hostname": name };
  return { ...node, metadata: { ...node.metadata, name, labels } };
}

/** Gives the service, with as many replicas as it had. */
export async function scaleUp(
  world: World,
  havoc: Havoc,
  random: Random,
): Promise<{ readonly service: Service; readonly replicas: number } | undefined> {
  const running = world.services.filter(({ name }) => (world.recorder.now().wanted[name] ?? 0) > 1);
  const service = random.pick(running.filter(({ tier }) => tier === "critical"));
  if (service === undefined) return undefined;
  const replicas = world.recorder.now().wanted[service.name] ?? 0;
  strike(world, havoc, { service: service.name, manner: "one more wanted" });
  havoc.counts.scaledUp += 1;
  world.recorder.mark(`${service.name}: ${replicas + 1} instead of ${replicas} pods`);
  await world.api.patch(service.workload, { spec: { replicas: replicas + 1 } });
  return { service, replicas };
}

function strike(
  { recorder }: World,
  { strikes }: Havoc,
  what: { readonly service: string; readonly manner: Manner },
): void {
  strikes.push({ seconds: recorder.elapsed(), ...what });
}

/** Ready ones of planned services, in an order that does not depend on when they were seen. */
export function readyPods({ recorder, services }: World): PodObject[] {
  const names = new Set(services.map(({ name }) => name));
  const nodes = new Set(
    recorder
      .nodes()
      .filter(isReady)
      .map(({ metadata }) => metadata.name),
  );
  return recorder
    .pods()
    .filter((pod) => names.has(serviceOf(pod)) && isReady(pod) && !isEnding(pod))
    .filter(({ spec }) => nodes.has(spec.nodeName ?? ""))
    .sort((one, other) => placeOf(one).localeCompare(placeOf(other)));
}

function placeOf(pod: PodObject): string {
  return `${serviceOf(pod)} ${pod.spec.nodeName ?? ""} ${pod.metadata.name}`;
}

export function serviceOf({ metadata }: PodObject): string {
  return metadata.labels?.[serviceLabel] ?? "";
}

/** What the service's budget keeps ready, as the controller has worked it out; none without a budget. */
async function floorOf({ api, services }: World, service: string): Promise<number> {
  const namespace = services.find(({ name }) => name === service)?.namespace ?? "default";
  const budget = await api.read<Budget>({
    ...{ apiVersion: "policy/v1", kind: "PodDisruptionBudget" },
    metadata: { name: service, namespace },
  });
  return budget?.status?.desiredHealthy ?? 0;
}
