import { evict } from "../cluster/evict";
import { nodeClassLabel } from "../cluster/nodes";
import { isEnding, type PodObject } from "../cluster/recorder";
import { fullStrength, waitIn, type World } from "../cluster/world";
import type { KubernetesObject } from "../kubernetes-api";
import { waitFor } from "../processes";

interface Budget extends KubernetesObject {
  readonly status?: { readonly disruptionsAllowed?: number };
}

/** A node is emptied through the eviction API, as an upgrade does; then one service is asked for all its pods at once. */
export async function tryDrain(world: World): Promise<void> {
  const { api, context, recorder } = world;
  const node = busiestNode(world);
  recorder.mark(`node ${node} is drained`);
  const from = recorder.samples.length;
  const start = performance.now();
  await api.patch(nodeName(node), { spec: { unschedulable: true } });
  let refusals = 0;
  await waitFor(waitIn(world, `node ${node} to be empty`, 180), async () => {
    const left = podsOn(world, node);
    for (const pod of left) if (!(await evict(world, pod))) refusals += 1;
    return left.length === 0 || undefined;
  });
  await fullStrength(world, 120);
  const seconds = (performance.now() - start) / 1000;
  const worst = await worstDisruption(world, from);
  await api.patch(nodeName(node), { spec: { unschedulable: null } });
  context.held(
    `node ${node} drained in ${seconds.toFixed(1)} s: ${refusals} evictions had to wait, ${worst}`,
  );
  await tryAllAtOnce(world);
}

async function tryAllAtOnce(world: World): Promise<void> {
  const { api, context, recorder, services } = world;
  const service = services.find(({ name }) => (recorder.now().ready[name] ?? 0) > 2);
  if (service === undefined) throw new Error("no service has more than two pods");
  const pods = recorder.pods().filter((pod) => serviceOf(pod) === service.name && !isEnding(pod));
  const budget = await api.read<Budget>({
    ...{ apiVersion: "policy/v1", kind: "PodDisruptionBudget" },
    metadata: { name: service.name, namespace: service.namespace },
  });
  const allowed = budget?.status?.disruptionsAllowed ?? 0;
  recorder.mark(`eviction of all pods of ${service.name} at once`);
  const answers = await Promise.all(pods.map((pod) => evict(world, pod)));
  const accepted = answers.filter(Boolean).length;
  if (accepted > allowed || accepted === 0)
    throw new Error(`${service.name}: ${accepted} evictions at once, its budget allows ${allowed}`);
  context.held(
    `asked for all ${pods.length} pods of ${service.name} at once, the budget gave ${accepted} and refused ${pods.length - accepted}`,
  );
  await fullStrength(world, 120);
}

/** @throws Error if more pods of a service were away than its budget allows. */
async function worstDisruption({ api, recorder, services }: World, from: number): Promise<string> {
  const samples = recorder.samples.slice(from);
  const found: string[] = [];
  for (const { name, namespace } of services) {
    const wanted = recorder.now().wanted[name] ?? 0;
    const away = wanted - Math.min(...samples.map(({ ready }) => ready[name] ?? 0));
    if (away <= 0) continue;
    const budget = await api.read<Budget>({
      ...{ apiVersion: "policy/v1", kind: "PodDisruptionBudget" },
      metadata: { name, namespace },
    });
    const allowed = budget?.status?.disruptionsAllowed ?? 0;
    if (away > allowed)
      throw new Error(`${name}: ${away} pods were away at once, its budget allows ${allowed}`);
    found.push(`${name} ${away} of ${allowed}`);
  }
  return `away at once of what budgets allow: ${found.join(", ")}`;
}

function busiestNode(world: World): string {
  const counts = world.recorder
    .nodes()
    .filter(({ metadata }) => metadata.labels?.[nodeClassLabel] === "general")
    .map(({ metadata: { name } }) => ({ name, pods: podsOn(world, name).length }))
    .sort((one, other) => other.pods - one.pods);
  const [busiest] = counts;
  if (busiest === undefined || busiest.pods === 0) throw new Error("no general node has a pod");
  return busiest.name;
}

function podsOn({ recorder }: World, node: string): PodObject[] {
  return recorder.pods().filter((pod) => pod.spec.nodeName === node && !isEnding(pod));
}

function serviceOf({ metadata }: PodObject): string {
  return metadata.labels?.["app.kubernetes.io/name"] ?? "";
}

function nodeName(name: string): KubernetesObject {
  return { apiVersion: "v1", kind: "Node", metadata: { name } };
}
