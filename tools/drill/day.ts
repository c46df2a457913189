import { setTimeout as sleep } from "node:timers/promises";
import { drawTable } from "../terminal/table";
import { loadProgram } from "../plan/program";
import { startKarpenter } from "./cluster/node-autoscaler";
import { startMetricsServer } from "./cluster/metrics-server";
import { planEnvironment } from "./cluster/planned";
import { startKeda } from "./cluster/pod-autoscaler";
import { nodePriceSource } from "../costs/price-table";
import { startPrometheus } from "./cluster/prometheus";
import { adaptScaling, isSchedule, type ScaledObject, scaledServices } from "./cluster/scaling";
import { drawRecord, writePicture } from "./cluster/series";
import { fullStrength, inWorld, nodesReady, type World } from "./cluster/world";
import { fixedSize, keepAccount, type Account, type Stretch } from "./day/account";
import { demandAt, hours } from "./day/curve";
import { keepHours, keepRoom } from "./day/floors";
import { onStage, type Stage } from "./processes";
import type { Drill, DrillContext } from "./registry";

const environment = "prod";

/** An hour of the day takes so long here. */
const hourSeconds = 15;

/** What the plan asks for, against a fixed size, and what we aim at. */
const asked = { utilisation: 20, cost: -15 };
const aim = { utilisation: 80, cost: -40 };

/** Of the real windows and periods hardly anything is left when an hour takes seconds. */
const compressed = {
  ...{ scaleUpSeconds: 1, scaleDownSeconds: 2, pollingSeconds: 1, cooldownSeconds: 5 },
  consolidateAfterSeconds: 1,
};
const controllerArgs = [
  "--horizontal-pod-autoscaler-sync-period=1s",
  "--horizontal-pod-autoscaler-initial-readiness-delay=1s",
  "--horizontal-pod-autoscaler-cpu-initialization-period=1s",
];

export const dayDrill: Drill = {
  name: "day",
  summary: "a day's load in minutes: what nodes, CPU and money scaling saves against a fixed size",
  run: async (context) => {
    const planned = await planEnvironment(context.projectDirectory, environment);
    const { objects, changes } = adaptScaling(planned.objects, compressed);
    for (const change of changes) context.say(`changed for the drill: ${change}`);
    context.say("the drill raises and lowers the floors at the planned hours itself");
    context.say(`an hour takes ${hourSeconds} s; the controllers look every second`);
    await onStage("day", (stage) =>
      inWorld(
        stage,
        { context, planned: { ...planned, objects }, options: { controllerArgs } },
        (world) => tryDay(stage, world, planned.objects.filter(isSchedule)),
      ),
    );
  },
};

async function tryDay(
  stage: Stage,
  world: World,
  schedules: readonly ScaledObject[],
): Promise<void> {
  const { context, cluster, planned, recorder, services } = world;
  const records = loadProgram(context.projectDirectory).services;
  let midnight: number | undefined;
  const hourNow = (): number =>
    midnight === undefined ? 0 : Math.min(hours, (recorder.elapsed() - midnight) / hourSeconds);
  const demand = (service: string): number => demandAt(service, hourNow());
  const prometheus = await startPrometheus(records, demand);
  const metrics = await startMetricsServer(cluster, { records, recorder, demand });
  try {
    await nodesReady(world);
    await startKarpenter(stage, context, {
      ...{ cluster, nodeGroups: planned.nodeGroups, registrationSeconds: 0 },
      consolidateAfterSeconds: compressed.consolidateAfterSeconds,
    });
    await startKeda(stage, context, { cluster, proxyPort: prometheus.port });
    await scaledServices(world);
    await fullStrength(world, 180);
    midnight = recorder.elapsed();
    for (let hour = 0; hour < hours; hour += 1) {
      await keepHours(world, records, hour);
      await keepRoom(world, schedules, hour);
      const next = midnight + (hour + 1) * hourSeconds;
      await sleep(Math.max(0, next - recorder.elapsed()) * 1000);
    }
    const stretches = stretchesOf(world, midnight);
    const args = { records, nodeGroups: planned.nodeGroups, demandAt };
    const scaled = keepAccount(stretches, args);
    const fixed = keepAccount(fixedSize(stretches), args);
    tell(context, scaled, fixed);
    draw(
      world,
      midnight,
      services.map(({ name }) => name),
    );
  } finally {
    metrics.close();
    prometheus.close();
  }
}

/** What stood, with the hour of the day from which on. */
function stretchesOf({ recorder }: World, midnight: number): Stretch[] {
  const end = midnight + hours * hourSeconds;
  const before = recorder.samples.findLast(({ seconds }) => seconds <= midnight);
  const within = recorder.samples.filter(({ seconds }) => seconds > midnight && seconds < end);
  const samples = [...(before === undefined ? [] : [before]), ...within];
  return samples.map((sample, index) => {
    const from = Math.max(sample.seconds, midnight);
    const until = samples[index + 1]?.seconds ?? end;
    const hour = (from - midnight) / hourSeconds;
    return { sample, hour, hours: (until - from) / hourSeconds };
  });
}

function tell(context: DrillContext, scaled: Account, fixed: Account): void {
  const { say, held } = context;
  const percent = (value: number): string => `${value.toFixed(1)} %`;
  const share = (account: Account, cores: number): string => percent((100 * cores) / account.given);
  const machines = [...new Set([scaled, fixed].flatMap(({ nodeHours }) => Object.keys(nodeHours)))];
  const rows = [
    ["", "scaled", "fixed size"],
    ...machines.map((machine) => [
      `node-hours ${machine}`,
      (scaled.nodeHours[machine] ?? 0).toFixed(1),
      (fixed.nodeHours[machine] ?? 0).toFixed(1),
    ]),
    ["CPU used of what nodes give", share(scaled, scaled.used), share(fixed, fixed.used)],
    ["CPU asked for of what nodes give", share(scaled, scaled.asked), share(fixed, fixed.asked)],
    ["dollars a day", scaled.dollars.toFixed(2), fixed.dollars.toFixed(2)],
  ];
  for (const line of drawTable(rows)) say(line);
  say(`prices: ${nodePriceSource}`);
  for (const type of new Set([...scaled.unpriced, ...fixed.unpriced]))
    say(`no price of ${type} is known: it counts in hours alone`);
  const utilisation = 100 * (scaled.used / scaled.given / (fixed.used / fixed.given) - 1);
  const cost = 100 * (scaled.dollars / fixed.dollars - 1);
  const line =
    `CPU utilisation of nodes ${share(scaled, scaled.used)} against ${share(fixed, fixed.used)} at a fixed size: ` +
    `${signed(utilisation)} (asked +${asked.utilisation} %, aim +${aim.utilisation} %); ` +
    `cost ${signed(cost)} (asked ${asked.cost} %, aim ${aim.cost} %)`;
  if (utilisation < asked.utilisation || cost > asked.cost)
    throw new Error(`less than the plan asks for: ${line}`);
  held(line);
}

function signed(percent: number): string {
  return `${percent > 0 ? "+" : ""}${percent.toFixed(1)} %`;
}

function draw({ context, recorder }: World, midnight: number, services: readonly string[]): void {
  const shift = <T extends { readonly seconds: number }>(items: readonly T[]): T[] =>
    items.map((item) => ({ ...item, seconds: Math.max(0, item.seconds - midnight) }));
  const record = {
    ...recorder,
    samples: shift(recorder.samples),
    events: [],
    elapsed: () => hours * hourSeconds,
  };
  const picture = drawRecord(
    "day: pods and nodes follow the load of a working day",
    record,
    services,
  );
  const quarters = Array.from({ length: hours * 4 + 1 }, (_, index) => index / 4);
  const demand = {
    title: "demand, in replicas' worth (assumed)",
    series: services.map((name) => ({
      name,
      points: quarters.map((hour) => [hour * hourSeconds, demandAt(name, hour)] as const),
    })),
  };
  const path = writePicture(context.projectDirectory, "day", {
    ...picture,
    panels: [demand, ...picture.panels],
    tickSeconds: 2 * hourSeconds,
    tick: (seconds) => `${Math.round(seconds / hourSeconds)} h`,
  });
  context.say(`picture: ${path}`);
}
