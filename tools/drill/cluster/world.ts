import type { Tier } from "../../../components/shared/service-record";
import { goTool } from "../go-tools";
import type { KubernetesApi, KubernetesObject } from "../kubernetes-api";
import { freePorts, waitFor, type RunningProgram, type Stage, type Wait } from "../processes";
import type { DrillContext } from "../registry";
import { applyPlan } from "./apply-plan";
import { startCluster, startScheduler, type Cluster, type ClusterOptions } from "./controllers";
import { establishOperators } from "./definitions";
import { createNode, isReady, nodesOfGroup } from "./nodes";
import type { PlannedEnvironment } from "./planned";
import { standInSecrets } from "./secrets";
import { startRecorder, weakened, type Recorder } from "./recorder";
import { holdFloors } from "./scaling";
import { startSimulators, type ZoneSimulator } from "./simulator";

/** The planned cluster with everything planned in it, on simulated nodes. */
export interface World {
  readonly context: DrillContext;
  readonly stage: Stage;
  readonly planned: PlannedEnvironment;
  readonly cluster: Cluster;
  readonly api: KubernetesApi;
  readonly scheduler: RunningProgram;
  readonly simulators: readonly ZoneSimulator[];
  readonly services: readonly Service[];
  readonly recorder: Recorder;
}

/** A planned workload that users or others need. */
export interface Service {
  readonly name: string;
  readonly namespace: string;
  readonly tier: Tier;
  readonly workload: KubernetesObject;
}

/** Gives what `use` gives; everything has ended afterwards. */
export async function inWorld<T>(
  stage: Stage,
  args: {
    readonly context: DrillContext;
    readonly planned: PlannedEnvironment;
    readonly options?: ClusterOptions;
  },
  use: (world: World) => Promise<T>,
): Promise<T> {
  const { context, planned } = args;
  const cluster = await startCluster(stage, context, args.options);
  const { api } = cluster;
  try {
    const scheduler = await startScheduler(stage, { context, controlPlane: cluster });
    await establishOperators(api, context);
    const zones = [...new Set(planned.nodeGroups.map(({ zone }) => zone))];
    const simulators = await startSimulators(stage, { context, controlPlane: cluster, zones });
    for (const node of planned.nodeGroups.flatMap(nodesOfGroup)) await createNode(api, node);
    const services = servicesOf(planned.objects);
    await startRollouts(stage, context, { cluster, services });
    const kinds = workloadKinds(services);
    const recorder = await startRecorder(api, {
      services: services.map(({ name }) => name),
      kinds,
    });
    try {
      const { refused } = await applyPlan(api, planned.objects);
      if (refused.length > 0) throw new Error(refused.map(({ why }) => why).join("\n    "));
      await standInSecrets(api, planned.objects);
      await holdFloors(api, planned.objects);
      const parts = { context, stage, planned, cluster, api, scheduler };
      return await use({ ...parts, simulators, services, recorder });
    } finally {
      recorder.stop();
    }
  } finally {
    api.close();
  }
}

const workloadKind = new Set(["Deployment", "Rollout"]);

function servicesOf(objects: readonly KubernetesObject[]): Service[] {
  return objects
    .filter(({ kind, metadata }) => workloadKind.has(kind) && tierOf(metadata.labels) !== undefined)
    .map((workload) => ({
      name: workload.metadata.name,
      namespace: workload.metadata.namespace ?? "default",
      tier: tierOf(workload.metadata.labels) ?? "standard",
      workload,
    }));
}

const tiers: readonly Tier[] = ["critical", "standard", "batch"];

function tierOf(labels: Readonly<Record<string, string>> = {}): Tier | undefined {
  return tiers.find((tier) => tier === labels["auterity.io/tier"]);
}

function workloadKinds(
  services: readonly Service[],
): { readonly apiVersion: string; readonly kind: string }[] {
  const kinds = services.map(({ workload: { apiVersion, kind } }) => `${apiVersion} ${kind}`);
  return [...new Set(kinds)].map((words) => {
    const [apiVersion = "", kind = ""] = words.split(" ");
    return { apiVersion, kind };
  });
}

/** The controller of blue/green services, where there are any. */
async function startRollouts(
  stage: Stage,
  context: DrillContext,
  { cluster, services }: { readonly cluster: Cluster; readonly services: readonly Service[] },
): Promise<void> {
  if (!services.some(({ workload }) => workload.kind === "Rollout")) return;
  const program = await goTool("argo-rollouts", context);
  const [metrics = 0, health = 0] = await freePorts(2);
  stage.start({
    name: "argo-rollouts",
    program,
    args: [
      ...[`--kubeconfig=${cluster.kubeconfig}`, "--leader-elect=false"],
      ...[`--metricsPort=${metrics}`, `--healthzPort=${health}`],
    ],
  });
}

/** What a wait in this world depends on. */
export function waitIn(world: World, what: string, seconds: number): Wait {
  const { cluster, simulators } = world;
  const running = simulators.map((simulator) => simulator.program());
  return {
    ...{ what, seconds },
    needs: [...cluster.programs, ...running.filter((program) => program.ending() === undefined)],
  };
}

/** Waits until every service has all its pods ready; gives the seconds that took. */
export async function fullStrength(world: World, seconds: number): Promise<number> {
  const { recorder } = world;
  const start = performance.now();
  try {
    await waitFor(
      waitIn(world, "every service at full strength", seconds),
      () => isWhole(recorder) || undefined,
    );
  } catch (error) {
    const { ready, wanted, pending } = recorder.now();
    const missing = weakened(recorder.now()).map(
      (name) => `${name}: ${ready[name] ?? 0} of ${wanted[name] ?? 0}`,
    );
    throw new Error(`${missing.join(", ")}; ${pending} pods without a node`, { cause: error });
  }
  return (performance.now() - start) / 1000;
}

function isWhole(recorder: Recorder): boolean {
  const sample = recorder.now();
  return weakened(sample).length === 0 && sample.pending === 0;
}

export async function nodesReady({ api, ...world }: World): Promise<void> {
  await waitFor(waitIn({ api, ...world }, "the nodes", 60), () => {
    const nodes = world.recorder.nodes();
    const wanted = world.planned.nodeGroups.reduce((sum, { least }) => sum + least, 0);
    return (nodes.length >= wanted && nodes.every(isReady)) || undefined;
  });
}
