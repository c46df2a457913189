import { installRabbitMq, startRabbitMq } from "./broker/rabbitmq";
import { startMetricsServer } from "./cluster/metrics-server";
import { startKarpenter } from "./cluster/node-autoscaler";
import { isReady } from "./cluster/nodes";
import { planEnvironment } from "./cluster/planned";
import { startKeda } from "./cluster/pod-autoscaler";
import { isEnding } from "./cluster/recorder";
import { isScaledObject } from "./cluster/scaling";
import { inWorld, nodesReady, type World } from "./cluster/world";
import { adaptNights, minute, rests } from "./nights/clock";
import { plantFaults, unseenName } from "./nights/planted";
import { openQueue } from "./nights/queue";
import { startSeries } from "./nights/series";
import {
  type NightTrial,
  tryDay,
  tryMessage,
  tryMorning,
  tryNight,
  tryPerson,
  unscraped,
} from "./nights/steps";
import { loadProgram } from "../plan/program";
import { onStage, type Stage } from "./processes";
import type { Drill } from "./registry";

const environment = "dev";

/** What is done here in less time than planned. */
const patience = { pollingSeconds: 3, cooldownSeconds: 6 } as const;
const controllerArgs = ["--horizontal-pod-autoscaler-sync-period=3s"];

export const nightsDrill: Drill = {
  name: "nights",
  summary:
    "development rests at night: pods and nodes go and come back by the clock, work and people wake",
  run: async (context) => {
    installRabbitMq();
    const planned = await planEnvironment(context.projectDirectory, environment);
    const now = Date.now();
    const hours = { start: new Date(now - 5 * minute), end: new Date(now + 60 * minute) };
    const objects = adaptNights(planned.objects, patience, hours);
    context.say(
      `changed for the drill: the hours of the clock, which are minutes here; KEDA looks every ${patience.pollingSeconds} s ` +
        `and waits ${patience.cooldownSeconds} s before the last pod goes`,
    );
    await onStage("nights", (stage) =>
      inWorld(
        stage,
        { context, planned: { ...planned, objects }, options: { controllerArgs } },
        (world) => tryNights(stage, world),
      ),
    );
  },
};

async function tryNights(stage: Stage, world: World): Promise<void> {
  const { context, cluster, planned, recorder, api } = world;
  const records = loadProgram(context.projectDirectory).services;
  const ready = (service: string): number =>
    recorder
      .pods()
      .filter(({ metadata }) => metadata.labels?.["app.kubernetes.io/name"] === service)
      .filter((pod) => isReady(pod) && !isEnding(pod)).length;
  const series = await startSeries({ ready, unseen: new Set([unscraped, unseenName]) });
  // Hardly anything is asked of anybody.
  const metrics = await startMetricsServer(cluster, { records, recorder, demand: () => 0.05 });
  const [broker] = await Promise.all([startRabbitMq(stage), nodesReady(world)]);
  const queue = await openQueue(broker, api, planned.objects);
  try {
    await startKarpenter(stage, context, {
      ...{ cluster, nodeGroups: planned.nodeGroups, registrationSeconds: 3 },
      consolidateAfterSeconds: 1,
    });
    await startKeda(stage, context, { cluster, proxyPort: series.port });
    const trial: NightTrial = {
      ...{ world, ready, queue },
      resting: planned.objects.filter(isScaledObject).filter(rests),
      planted: plantFaults(planned.objects),
    };
    await tryDay(trial);
    await tryNight(trial);
    await tryMessage(trial);
    await tryPerson(trial);
    await tryMorning(trial);
  } finally {
    await queue.close();
    metrics.close();
    series.close();
  }
}
