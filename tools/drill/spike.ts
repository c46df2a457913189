import { drawTable } from "../terminal/table";
import { loadProgram } from "../plan/program";
import { drawRecord, writePicture } from "./cluster/series";
import { planEnvironment } from "./cluster/planned";
import { fullStrength, inWorld, nodesReady, type World } from "./cluster/world";
import { adaptScaling, scaledServices } from "./cluster/scaling";
import { startKarpenter } from "./cluster/node-autoscaler";
import { startKeda } from "./cluster/pod-autoscaler";
import { startMetricsServer } from "./cluster/metrics-server";
import { startPrometheus, type Prometheus } from "./cluster/prometheus";
import { onStage, type Stage } from "./processes";
import type { Drill } from "./registry";
import { tryAway } from "./spike/metrics-away";
import { createWave, type Wave } from "./spike/wave";
import { tryRise, trySettle } from "./spike/steps";

const environment = "prod";
const hit = ["relaycore", "automatrix-api"];

/** What is done here in less time than planned, so that the whole of it takes minutes. */
const compressed = { scaleDownSeconds: 15, pollingSeconds: 10, consolidateAfterSeconds: 5 };

/** From asking EC2 for a machine until its node is in the API. */
const registrationSeconds = 40;

export const spikeDrill: Drill = {
  name: "spike",
  summary: "ten times the load in a minute: pods and nodes follow, and go back without flapping",
  run: async (context) => {
    const planned = await planEnvironment(context.projectDirectory, environment);
    const { objects, changes } = adaptScaling(planned.objects, compressed);
    for (const change of changes) context.say(`changed for the drill: ${change}`);
    await onStage("spike", (stage) =>
      inWorld(stage, { context, planned: { ...planned, objects } }, (world) =>
        trySpike(stage, world),
      ),
    );
  },
};

export interface SpikeTrial {
  readonly world: World;
  readonly wave: Wave;
  readonly prometheus: Prometheus;
  readonly hit: readonly string[];
}

async function trySpike(stage: Stage, world: World): Promise<void> {
  const { context, cluster, planned, recorder, services } = world;
  const records = loadProgram(context.projectDirectory).services;
  const resting = records.filter(({ tier }) => tier === "batch").map(({ name }) => name);
  const wave = createWave(hit, resting);
  const prometheus = await startPrometheus(records, wave.demand);
  const metrics = await startMetricsServer(cluster, { records, recorder, demand: wave.demand });
  try {
    await nodesReady(world);
    await startKarpenter(stage, context, {
      ...{ cluster, nodeGroups: planned.nodeGroups, registrationSeconds },
      consolidateAfterSeconds: compressed.consolidateAfterSeconds,
    });
    await startKeda(stage, context, { cluster, proxyPort: prometheus.port });
    await scaledServices(world);
    await fullStrength(world, 180);
    context.say(
      "nodes are scaled by Karpenter with simulated machines: the Cluster Autoscaler does not build from the module proxy",
    );
    const trial = { world, wave, prometheus, hit };
    const rise = await tryRise(trial);
    await tryAway(trial);
    await trySettle(trial, rise);
    for (const line of drawTable(rise.rows)) context.say(line);
  } finally {
    const names = services.map(({ name }) => name);
    const picture = drawRecord("spike: ten times the load within a minute", recorder, names);
    const demand = {
      title: "demand, in replicas' worth",
      series: hit.map((name) => ({ name, points: wave.points(name, recorder) })),
    };
    const whole = { ...picture, panels: [demand, ...picture.panels] };
    context.say(`picture: ${writePicture(context.projectDirectory, "spike", whole)}`);
    metrics.close();
    prometheus.close();
  }
}
