import type { KubernetesApi, KubernetesObject, WithConditions } from "../kubernetes-api";
import { instanceTypeLabel, isReady, nodeClassLabel, zoneLabel, type NodeObject } from "./nodes";
import { watchObjects, type Watched } from "./watch";

export interface PodObject extends WithConditions {
  readonly spec: {
    readonly nodeName?: string;
    readonly priorityClassName?: string;
    readonly containers: readonly {
      readonly name: string;
      readonly resources?: { readonly requests?: Readonly<Record<string, string>> };
    }[];
  };
}

interface Scaled extends KubernetesObject {
  readonly spec: { readonly replicas?: number };
}

/** What stood at one moment. */
export interface Sample {
  readonly seconds: number;
  /** By service. */
  readonly ready: Readonly<Record<string, number>>;
  readonly wanted: Readonly<Record<string, number>>;
  readonly pending: number;
  /** Nodes that work, by class. */
  readonly nodes: Readonly<Record<string, number>>;
  /** The same by class and instance type, "CLASS TYPE". */
  readonly machines: Readonly<Record<string, number>>;
}

/** Everything that happened, as the API server told it, without a gap between two looks. */
export interface Recorder {
  readonly samples: readonly Sample[];
  readonly events: readonly { readonly seconds: number; readonly text: string }[];
  readonly now: () => Sample;
  readonly elapsed: () => number;
  /** Marks a moment, for the picture. */
  readonly mark: (text: string) => void;
  /** From now on nothing on nodes of these zones counts as ready, whatever the API still says. */
  readonly loseZones: (zones: readonly string[]) => void;
  readonly pods: () => readonly PodObject[];
  readonly nodes: () => readonly NodeObject[];
  readonly stop: () => void;
}

const serviceLabel = "app.kubernetes.io/name";

interface Recorded {
  /** Names of those that count; pods of others are left out. */
  readonly services: readonly string[];
  /** Of their workloads. */
  readonly kinds: readonly { readonly apiVersion: string; readonly kind: string }[];
}

export async function startRecorder(
  api: KubernetesApi,
  { services, kinds }: Recorded,
): Promise<Recorder> {
  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 1000;
  const samples: Sample[] = [];
  const events: { seconds: number; text: string }[] = [];
  let lost: readonly string[] = [];
  let complete = false;
  const watched: Watched<KubernetesObject>[] = [];
  const onChange = (): void => {
    if (!complete) return;
    const sample = now();
    const last = samples.at(-1);
    if (last === undefined || !isSame(last, sample)) samples.push(sample);
  };
  const watch = async <T extends KubernetesObject>(apiVersion: string, kind: string) => {
    const objects = await watchObjects<T>(api, { apiVersion, kind }, onChange);
    watched.push(objects);
    return objects;
  };
  const pods = await watch<PodObject>("v1", "Pod");
  const nodes = await watch<NodeObject>("v1", "Node");
  const workloads: Watched<Scaled>[] = [];
  for (const { apiVersion, kind } of kinds) workloads.push(await watch<Scaled>(apiVersion, kind));
  const now = (): Sample =>
    takeSample({
      ...{ seconds: elapsed(), services, lost },
      ...{ pods: pods.objects(), nodes: nodes.objects() },
      workloads: workloads.flatMap((kind) => kind.objects()),
    });
  complete = true;
  onChange();
  return {
    ...{ samples, events, now, elapsed },
    mark: (text) => {
      events.push({ seconds: elapsed(), text });
      onChange();
    },
    loseZones: (zones) => {
      lost = zones;
      onChange();
    },
    pods: pods.objects,
    nodes: nodes.objects,
    stop: () => {
      for (const objects of watched) objects.stop();
    },
  };
}

interface World {
  readonly seconds: number;
  readonly services: readonly string[];
  readonly lost: readonly string[];
  readonly pods: readonly PodObject[];
  readonly nodes: readonly NodeObject[];
  readonly workloads: readonly Scaled[];
}

function takeSample({ seconds, services, lost, pods, nodes, workloads }: World): Sample {
  const working = nodes.filter(
    (node) => isReady(node) && !lost.includes(node.metadata.labels?.[zoneLabel] ?? ""),
  );
  const names = new Set(working.map(({ metadata }) => metadata.name));
  const ready: Record<string, number> = Object.fromEntries(services.map((name) => [name, 0]));
  const wanted: Record<string, number> = { ...ready };
  let pending = 0;
  for (const pod of pods) {
    const service = pod.metadata.labels?.[serviceLabel] ?? "";
    if (!(service in ready) || isEnding(pod)) continue;
    if (pod.spec.nodeName === undefined) pending += 1;
    if (isReady(pod) && names.has(pod.spec.nodeName ?? ""))
      ready[service] = (ready[service] ?? 0) + 1;
  }
  for (const { metadata, spec } of workloads)
    if (metadata.name in wanted) wanted[metadata.name] = spec.replicas ?? 1;
  const classes = working.map(({ metadata }) => metadata.labels?.[nodeClassLabel] ?? "");
  const types = working.map(({ metadata }) => metadata.labels?.[instanceTypeLabel] ?? "");
  const machines = classes.map((nodeClass, index) => `${nodeClass} ${types[index] ?? ""}`);
  return { seconds, ready, wanted, pending, nodes: count(classes), machines: count(machines) };
}

function isSame(one: Sample, other: Sample): boolean {
  return JSON.stringify({ ...one, seconds: 0 }) === JSON.stringify({ ...other, seconds: 0 });
}

function count(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

export function isEnding({ metadata }: KubernetesObject): boolean {
  return "deletionTimestamp" in metadata;
}

/** Services that have fewer ready pods than they should have. */
export function weakened({ ready, wanted }: Sample): string[] {
  return Object.keys(wanted).filter((name) => (ready[name] ?? 0) < (wanted[name] ?? 0));
}
