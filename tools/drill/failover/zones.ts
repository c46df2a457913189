import { setTimeout as sleep } from "node:timers/promises";
import { fewestReplicas } from "../../../components/shared/record-scaling";
import {
  createNode,
  deleteNodes,
  nodesOfGroup,
  zoneLabel,
  type NodeObject,
} from "../cluster/nodes";
import { isEnding, type Recorder, type Sample } from "../cluster/recorder";
import { fullStrength, nodesReady, type Service, type World } from "../cluster/world";
import type { KubernetesApi } from "../kubernetes-api";

/**
 * `gone`: the machines have ended and their nodes are taken out of the API at once. `silent`: nothing is said, the
 * kubelets just stop; the controllers have to find out. `marked`: as silent, and somebody who knows better marks the
 * nodes as out of service (docs/failover.md), which gives their pods up at once.
 */
export type Manner = "gone" | "silent" | "marked";

const mannerWords: Readonly<Record<Manner, string>> = {
  gone: "gone at once",
  silent: "silent",
  marked: "silent and marked as out of service at once",
};

/** Kubernetes' own way to say that a node will not come back: nothing of ours tolerates it. */
const outOfService = {
  key: "node.kubernetes.io/out-of-service",
  value: "nodeshutdown",
  effect: "NoExecute",
};

export interface Loss {
  readonly zone: string;
  readonly manner: Manner;
  /** Ready pods before, by service. */
  readonly before: Readonly<Record<string, number>>;
  readonly fewest: Readonly<Record<string, number>>;
  readonly seconds: number;
}

const patienceSeconds = 240;

/** The plan asks for full strength within this, where the loss is known at once. */
const targetSeconds = 60;

export async function tryZone(world: World, zone: string, manner: Manner): Promise<Loss> {
  const { context, recorder, services, simulators } = world;
  const before = recorder.now();
  const from = recorder.samples.length;
  recorder.mark(`zone ${zone}: ${mannerWords[manner]}`);
  await loseZones(world, [zone], manner);
  const seconds = await fullStrength(world, patienceSeconds);
  const fewest = fewestReady(recorder.samples.slice(from), services);
  const loss = { zone, manner, before: before.ready, fewest, seconds };
  const problems = problemsOf(loss, services, simulators.length);
  if (problems.length > 0) throw new Error(`${zone} ${manner}: ${problems.join("; ")}`);
  const within = seconds <= targetSeconds ? `within the ${targetSeconds} s asked for` : "";
  const over = `${(seconds - targetSeconds).toFixed(1)} s more than the ${targetSeconds} s asked for`;
  const judged = manner === "silent" ? "" : `, ${within === "" ? over : within}`;
  context.held(
    `zone ${zone} ${mannerWords[manner]}: no critical service below its floor, all at ` +
      `full strength after ${seconds.toFixed(1)} s${judged}`,
  );
  recorder.mark(`zone ${zone} is back`);
  await restoreZones(world, [zone]);
  return loss;
}

function fewestReady(
  samples: readonly Sample[],
  services: readonly Service[],
): Record<string, number> {
  return Object.fromEntries(
    services.map(({ name }) => [name, Math.min(...samples.map(({ ready }) => ready[name] ?? 0))]),
  );
}

/** A zone takes its share and no more; what is critical keeps what its tier says. */
function problemsOf(
  { before, fewest }: Loss,
  services: readonly Service[],
  zones: number,
): string[] {
  return services.flatMap(({ name, tier }) => {
    const had = before[name] ?? 0;
    const left = fewest[name] ?? 0;
    const share = had - Math.ceil(had / zones);
    const floor = tier === "critical" ? Math.max(fewestReplicas.critical, share) : share;
    return left < Math.min(floor, had)
      ? [`${name} (${tier}) had ${left} ready pods of ${had}, need ${floor}`]
      : [];
  });
}

export async function loseZones(
  { api, recorder, simulators }: World,
  zones: readonly string[],
  manner: Manner,
): Promise<void> {
  recorder.loseZones(zones);
  const hit = simulators.filter(({ zone }) => zones.includes(zone));
  await Promise.all(hit.map((simulator) => simulator.kill()));
  if (manner === "silent") return;
  const nodes = nodesIn(recorder, zones);
  if (manner === "marked")
    await Promise.all(
      nodes.map((node) => setTaints(api, node, [...(node.spec?.taints ?? []), outOfService])),
    );
  else
    await deleteNodes(
      api,
      nodes.map(({ metadata }) => metadata.name),
    );
}

function nodesIn(recorder: Recorder, zones: readonly string[]): NodeObject[] {
  return recorder
    .nodes()
    .filter(({ metadata }) => zones.includes(metadata.labels?.[zoneLabel] ?? ""));
}

async function setTaints(
  api: KubernetesApi,
  { metadata }: NodeObject,
  taints: readonly object[],
): Promise<void> {
  const name = { apiVersion: "v1", kind: "Node", metadata: { name: metadata.name } };
  await api.patch(name, { spec: { taints } });
}

/**
 * Nodes come back empty and nothing moves pods to them. Then every pod is made again, as the next release of its
 * service would do, so that the next loss meets services that are spread.
 */
export async function restoreZones(world: World, zones: readonly string[]): Promise<void> {
  const { api, planned, recorder, services, simulators } = world;
  for (const simulator of simulators) if (zones.includes(simulator.zone)) simulator.start();
  for (const group of planned.nodeGroups)
    if (zones.includes(group.zone))
      for (const node of nodesOfGroup(group)) await createNode(api, node);
  for (const node of nodesIn(recorder, zones)) {
    const taints = node.spec?.taints ?? [];
    const others = taints.filter(({ key }) => key !== outOfService.key);
    if (others.length < taints.length) await setTaints(api, node, others);
  }
  recorder.loseZones([]);
  await nodesReady(world);
  const names = new Set(services.map(({ name }) => name));
  const pods = recorder
    .pods()
    .filter((pod) => names.has(pod.metadata.labels?.["app.kubernetes.io/name"] ?? ""))
    .filter((pod) => !isEnding(pod));
  await Promise.all(
    pods.map(({ metadata }) =>
      api.remove({ apiVersion: "v1", kind: "Pod", metadata }, { gracePeriodSeconds: 0 }),
    ),
  );
  // Until the first of them is gone everything looks whole.
  await sleep(1000);
  await fullStrength(world, patienceSeconds);
}

/** A row a loss: fewest ready pods by service, of those before. */
export function zoneTable(
  losses: readonly Loss[],
  services: readonly Service[],
): (string | number)[][] {
  const names = services.map(({ name }) => name);
  const rows = losses.map(({ zone, manner, before, fewest, seconds }) => [
    `${zone} ${manner}`,
    ...names.map((name) => `${fewest[name] ?? 0} of ${before[name] ?? 0}`),
    seconds.toFixed(1),
  ]);
  return [["zone", ...names, "whole after (s)"], ...rows];
}
