import { setTimeout as sleep } from "node:timers/promises";
import { drawTable } from "../terminal/table";
import { planEnvironment } from "./cluster/planned";
import { drawRecord, writePicture } from "./cluster/series";
import { startSeconds } from "./cluster/simulator";
import { fullStrength, inWorld, nodesReady, type World } from "./cluster/world";
import { tryDrain } from "./failover/drain";
import { tryRestarts } from "./failover/restarts";
import { loseZones, restoreZones, tryZone, zoneTable, type Loss } from "./failover/zones";
import { onStage } from "./processes";
import type { Drill, DrillContext } from "./registry";

const environment = "prod";

/** Until pods of nodes that are gone are given up: 40 s after they were missed, which is looked for every 20 s. */
const settleSeconds = 75;

export const failoverDrill: Drill = {
  name: "failover",
  summary:
    "zones lost, a node drained, the scheduler and the controllers killed, under the planned services",
  run: async (context) => {
    const planned = await planEnvironment(context.projectDirectory, environment);
    await onStage("failover", (stage) =>
      inWorld(stage, { context, planned }, (world) => tryFailures(context, world)),
    );
  },
};

async function tryFailures(context: DrillContext, world: World): Promise<void> {
  const { recorder, services, simulators } = world;
  await nodesReady(world);
  const seconds = await fullStrength(world, 120);
  const names = services.map(({ name }) => name);
  const { ready, nodes } = recorder.now();
  const pods = Object.values(ready).reduce((sum, count) => sum + count, 0);
  const counts = Object.entries(nodes).map(([nodeClass, count]) => `${count} ${nodeClass}`);
  context.held(
    `${names.length} planned services stand ${seconds.toFixed(1)} s after they were applied: ${pods} pods on ` +
      `${counts.join(", ")} nodes in ${simulators.length} zones`,
  );
  context.say(
    `a pod is ready ${startSeconds} s after it has a node; real ones start as long as they need`,
  );
  const losses: Loss[] = [];
  try {
    for (const { zone } of simulators) losses.push(await tryZone(world, zone, "gone"));
    await tryTwoZones(world);
    const [first] = simulators;
    if (first !== undefined)
      for (const manner of ["silent", "marked"] as const)
        losses.push(await tryZone(world, first.zone, manner));
    await tryDrain(world);
    await tryRestarts(world);
  } finally {
    for (const line of drawTable(zoneTable(losses, services))) context.say(line);
    const picture = drawRecord("failover: the planned services of prod", recorder, names);
    context.say(`picture: ${writePicture(context.projectDirectory, "failover", picture)}`);
  }
}

/** What is left of the platform in one zone, said as it is. */
async function tryTwoZones(world: World): Promise<void> {
  const { context, recorder, services, simulators } = world;
  const [, ...lost] = simulators.map(({ zone }) => zone);
  recorder.mark(`zones ${lost.join(", ")} are lost`);
  await loseZones(world, lost, "gone");
  await sleep(settleSeconds * 1000);
  const { ready, wanted, pending } = recorder.now();
  const states = services
    .filter(({ name }) => (wanted[name] ?? 0) > 0)
    .map(({ name }) => `${name} ${ready[name] ?? 0} of ${wanted[name] ?? 0}`);
  context.say(`two of three zones lost, what stands: ${states.join(", ")}; ${pending} pods wait`);
  recorder.mark("they are back");
  const start = performance.now();
  await restoreZones(world, lost);
  const seconds = (performance.now() - start) / 1000;
  context.held(
    `every service is at full strength ${seconds.toFixed(1)} s after the two lost zones are back`,
  );
}
