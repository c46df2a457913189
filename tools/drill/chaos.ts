import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { drawTable } from "../terminal/table";
import { belowFloor, longestWeakness, unexplained } from "./chaos/judge";
import { seeded, type Random } from "./chaos/random";
import {
  evictPod,
  killPod,
  loseNode,
  noHavoc,
  readyPods,
  scaleUp,
  serviceOf,
  type Havoc,
} from "./chaos/strikes";
import { withoutBudget } from "./chaos/without-budget";
import { zoneLabel } from "./cluster/nodes";
import { planEnvironment } from "./cluster/planned";
import { drawRecord, writePicture } from "./cluster/series";
import { fullStrength, inWorld, nodesReady, type World } from "./cluster/world";
import { onStage } from "./processes";
import type { Drill } from "./registry";

const environment = "prod";

/** Between two strikes: long enough for a budget to notice the one before. */
const pauseSeconds = { least: 3, most: 8 };

/** After the last strike; a node's pods take the longest. */
const patienceSeconds = 240;

const defaultSeconds = 240;

export const chaosDrill: Drill = {
  name: "chaos",
  summary:
    "pods killed and evicted, nodes lost, services scaled up, at random under the planned manifests",
  run: async (context) => {
    const seed = numberFrom("CHAOS_SEED", randomInt(1, 1_000_000));
    const seconds = numberFrom("CHAOS_SECONDS", defaultSeconds);
    context.say(`seed ${seed}: CHAOS_SEED=${seed} CHAOS_SECONDS=${seconds} draws the same again`);
    const planned = await planEnvironment(context.projectDirectory, environment);
    await onStage("chaos", (stage) =>
      inWorld(stage, { context, planned }, (world) => tryChaos(world, { seed, seconds })),
    );
  },
};

/** @throws Error if the variable is set and is no whole number above 0. */
function numberFrom(variable: string, otherwise: number): number {
  const given = process.env[variable];
  if (given === undefined || given === "") return otherwise;
  if (!/^[1-9]\d{0,8}$/.test(given))
    throw new Error(`${variable}: got "${given}", need a whole number of at least 1`);
  return Number(given);
}

async function tryChaos(
  world: World,
  { seed, seconds }: { readonly seed: number; readonly seconds: number },
): Promise<void> {
  const { context, recorder, services } = world;
  await nodesReady(world);
  await fullStrength(world, 120);
  const havoc = noHavoc();
  const from = recorder.samples.length - 1;
  try {
    await wreak(world, havoc, { random: seeded(seed), seconds });
    await havoc.replacement;
    await judgeRun(world, havoc, from);
  } finally {
    const names = services.map(({ name }) => name);
    sayTable(world, havoc, from);
    const picture = drawRecord(
      `chaos: the planned services of prod, seed ${seed}`,
      recorder,
      names,
    );
    context.say(`picture: ${writePicture(context.projectDirectory, "chaos", picture)}`);
  }
  await withoutBudget(world);
}

interface Plan {
  readonly random: Random;
  readonly seconds: number;
}

async function wreak(world: World, havoc: Havoc, { random, seconds }: Plan): Promise<void> {
  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 1000;
  let grown: Awaited<ReturnType<typeof scaleUp>>;
  while (elapsed() < seconds) {
    const dice = random.next();
    // One node at a time, and one at all before a short run is half over.
    const nodeIsDue = havoc.counts.nodes === 0 && elapsed() > seconds / 4;
    if (havoc.replacement === undefined && (dice < 0.12 || nodeIsDue))
      await loseNode(world, havoc, random);
    else if (dice < 0.55) await killPod(world, havoc, random);
    else await evictPod(world, havoc, random);
    if (grown === undefined && elapsed() > seconds / 3) grown = await scaleUp(world, havoc, random);
    const { least, most } = pauseSeconds;
    await sleep((least + random.next() * (most - least)) * 1000);
  }
  if (grown !== undefined)
    await world.api.patch(grown.service.workload, { spec: { replicas: grown.replicas } });
}

async function judgeRun(world: World, havoc: Havoc, from: number): Promise<void> {
  const { context, recorder, services } = world;
  const after = await fullStrength(world, patienceSeconds);
  const { killed, evicted, refused, nodes, scaledUp } = havoc.counts;
  if (killed === 0 || evicted === 0 || nodes === 0 || scaledUp === 0)
    throw new Error("the run was too short: something was never done; make CHAOS_SECONDS longer");
  const samples = recorder.samples.slice(from);
  const problems = [
    ...unexplained(samples, havoc.strikes, services),
    ...belowFloor(havoc.evictions),
    ...unspread(world),
  ];
  if (problems.length > 0) throw new Error(problems.join("\n    "));
  context.held(
    `${killed} pods killed, ${evicted} evicted, ${refused} evictions refused, ${nodes} nodes lost, ${scaledUp} scaled up: ` +
      "no critical service missed a pod that was not struck, and each was back in its time",
  );
  if (havoc.counts.unseen > 0)
    context.say(
      `${havoc.counts.unseen} evictions were let go while pods of a lost node still counted as ready: budgets know no better until those are given up`,
    );
  context.held(
    `no eviction took a service below what its budget keeps; everything is whole ${after.toFixed(1)} s after the last strike, ` +
      "nothing waits for a node, every service with two pods or more stands in two zones or more",
  );
}

/** Services whose pods all stand in one zone, though they have more than one. */
function unspread(world: World): string[] {
  const zones = new Map(
    world.recorder
      .nodes()
      .map(({ metadata }) => [metadata.name, metadata.labels?.[zoneLabel] ?? ""]),
  );
  return world.services
    .filter(({ tier }) => tier !== "batch")
    .flatMap(({ name }) => {
      const pods = readyPods(world).filter((pod) => serviceOf(pod) === name);
      const inZones = new Set(pods.map(({ spec }) => zones.get(spec.nodeName ?? "")));
      return pods.length > 1 && inZones.size < 2
        ? [`${name}: all ${pods.length} pods stand in one zone`]
        : [];
    });
}

function sayTable({ context, recorder, services }: World, havoc: Havoc, from: number): void {
  const samples = recorder.samples.slice(from);
  const rows = services.map(({ name, tier }) => {
    const struck = (manner: string): number =>
      havoc.strikes.filter((strike) => strike.service === name && strike.manner === manner).length;
    return [
      name,
      tier,
      ...[struck("killed"), struck("evicted"), struck("on a lost node")],
      `${Math.min(...samples.map(({ ready }) => ready[name] ?? 0))} of ${Math.max(...samples.map(({ wanted }) => wanted[name] ?? 0))}`,
      longestWeakness(samples, name).toFixed(1),
    ];
  });
  const head = [
    "service",
    "tier",
    "killed",
    "evicted",
    "node lost",
    "fewest ready",
    "weak for (s)",
  ];
  for (const line of drawTable([head, ...rows])) context.say(line);
}
