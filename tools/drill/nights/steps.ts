import { setTimeout as sleep } from "node:timers/promises";
import type { ScaledObject } from "../cluster/scaling";
import { waitIn, type World } from "../cluster/world";
import { waitFor } from "../processes";
import { type Hours, minute, nextMinute, withHours } from "./clock";
import type { Planted } from "./planted";
import type { Queue } from "./queue";

/** Its metrics never arrive, and it rests all the same. */
export const unscraped = "automatrix-api";

export interface NightTrial {
  readonly world: World;
  /** Those that have pods by day and none at night. */
  readonly resting: readonly ScaledObject[];
  readonly planted: readonly Planted[];
  readonly queue: Queue;
  readonly ready: (service: string) => number;
}

/** Long enough on a machine that does more than this. */
const patienceSeconds = 240;

/** Looks of KEDA, and its wait before the last pod goes: whatever has not happened by then does not. */
const quietSeconds = 12;

function serviceNodes({ world }: NightTrial): number {
  const { nodes } = world.recorder.now();
  return Object.entries(nodes).reduce(
    (sum, [nodeClass, count]) => (nodeClass === "system" ? sum : sum + count),
    0,
  );
}

function nameOf({ metadata }: ScaledObject): string {
  return metadata.name;
}

/** What has pods, of those that are to have none. */
export function restless(names: readonly string[], ready: (service: string) => number): string[] {
  return names.filter((name) => ready(name) > 0);
}

function waits({ world }: NightTrial, what: string) {
  return waitIn(world, what, patienceSeconds);
}

async function setHours({ world, resting, planted }: NightTrial, hours: Hours): Promise<void> {
  for (const object of [...resting, ...planted.map(({ scaled }) => scaled)])
    if ((await world.api.read(object)) !== undefined)
      await world.api.patch(object, { spec: { triggers: withHours(object, hours).spec.triggers } });
}

/** By the clock every service has its floor, and the nodes for it come from none. */
export async function tryDay(trial: NightTrial): Promise<void> {
  const { world, resting, planted, ready } = trial;
  const { api, context } = world;
  for (const { workload, scaled } of planted) {
    await api.apply(workload);
    await api.apply(scaled);
  }
  const names = [...resting.map(nameOf), ...planted.map(({ name }) => name)];
  const { seconds } = await waitFor(waits(trial, "every service by day"), () =>
    names.every((name) => ready(name) > 0) ? true : undefined,
  );
  context.held(
    `by day the clock holds ${resting.length} services, also ${unscraped}, whose metrics nobody reads; ` +
      `${serviceNodes(trial)} nodes came from none, all in ${seconds.toFixed(0)} s`,
  );
}

/** The clock's window ends in a real minute: pods go, what has a fault stays and is found, nodes go. */
export async function tryNight(trial: NightTrial): Promise<void> {
  const { world, resting, planted, ready } = trial;
  const { api, context } = world;
  const dusk = nextMinute(new Date());
  await setHours(trial, { start: new Date(dusk.getTime() + 360 * minute), end: dusk });
  const names = resting.map(nameOf);
  await sleep(Math.max(0, dusk.getTime() - Date.now()));
  const early = names.filter((name) => ready(name) === 0);
  if (early.length > 0) throw new Error(`before the end of the day ${early.join(", ")} had no pod`);
  const start = performance.now();
  await waitFor(waits(trial, "every service to rest"), () =>
    restless(names, ready).length === 0 ? true : undefined,
  );
  const seconds = (performance.now() - start) / 1000;
  await sleep(quietSeconds * 1000);
  const woken = restless(names, ready);
  if (woken.length > 0) throw new Error(`at night ${woken.join(", ")} woke for nothing`);
  const found = restless(
    planted.map(({ name }) => name),
    ready,
  );
  const missed = planted.filter(({ name }) => !found.includes(name));
  if (missed.length > 0)
    throw new Error(
      `planted and not found: ${missed.map(({ name, fault }) => `${name} (${fault})`).join(", ")}`,
    );
  context.held(
    `${seconds.toFixed(0)} s after the day's end all ${names.length} are at no pods, and stay there for ${quietSeconds} s: ` +
      "Prometheus has a series of none of them",
  );
  context.held(`found: ${planted.map(({ fault }) => fault).join("; ")}: pods that stay at night`);
  for (const { workload, scaled } of planted) {
    await api.remove(scaled);
    await api.remove(workload, { gracePeriodSeconds: 0 });
  }
  const gone = await waitFor(waits(trial, "the nodes of services to go"), () =>
    serviceNodes(trial) === 0 ? true : undefined,
  );
  context.held(
    `the nodes of services are gone ${gone.seconds.toFixed(0)} s after the last pod; the platform's own ` +
      `${world.recorder.now().nodes["system"] ?? 0} stay`,
  );
}

/** A message in a real queue wakes the one service that waits for it; without one it rests again. */
export async function tryMessage(trial: NightTrial): Promise<void> {
  const { queue } = trial;
  await wakesAlone(trial, queue.service, {
    wake: queue.send,
    rest: queue.take,
    what: "a message in a real RabbitMQ",
  });
}

/** @public Compared with the page that tells people of it. */
export const wakeAnnotation = "autoscaling.keda.sh/force-activation";

/** The command of docs/autoscaling.md, for one service. */
export async function tryPerson(trial: NightTrial): Promise<void> {
  const { world, resting, queue } = trial;
  const object = resting.find((each) => nameOf(each) !== queue.service);
  if (object === undefined) throw new Error("nothing rests that a person could wake");
  const annotate = (value: string | null) => () =>
    world.api.patch(object, { metadata: { annotations: { [wakeAnnotation]: value } } });
  await wakesAlone(trial, nameOf(object), {
    wake: annotate("true"),
    rest: annotate(null),
    what: `a person, by ${wakeAnnotation}`,
  });
}

interface Alarm {
  readonly wake: () => Promise<void>;
  readonly rest: () => Promise<void>;
  readonly what: string;
}

async function wakesAlone(trial: NightTrial, service: string, alarm: Alarm): Promise<void> {
  const { world, resting, ready } = trial;
  await alarm.wake();
  const up = await waitFor(waits(trial, `${service}, woken by ${alarm.what}`), () =>
    ready(service) > 0 ? true : undefined,
  );
  const others = resting.map(nameOf).filter((name) => name !== service);
  const woken = restless(others, ready);
  if (woken.length > 0)
    throw new Error(`${alarm.what} woke ${woken.join(", ")} besides ${service}`);
  await alarm.rest();
  const down = await waitFor(waits(trial, `${service} to rest again`), () =>
    ready(service) === 0 ? true : undefined,
  );
  world.context.held(
    `${alarm.what} wakes ${service} alone: a pod on a new node after ${up.seconds.toFixed(0)} s, at rest ${down.seconds.toFixed(0)} s after its work`,
  );
}

/** The clock's window begins in a real minute, and everything is there again. */
export async function tryMorning(trial: NightTrial): Promise<void> {
  const { world, resting, ready } = trial;
  const dawn = nextMinute(new Date());
  await setHours(trial, { start: dawn, end: new Date(dawn.getTime() + 360 * minute) });
  const names = resting.map(nameOf);
  await sleep(Math.max(0, dawn.getTime() - Date.now()));
  const early = restless(names, ready);
  if (early.length > 0) throw new Error(`before the morning ${early.join(", ")} had a pod`);
  const { seconds } = await waitFor(waits(trial, "every service in the morning"), () =>
    names.every((name) => ready(name) > 0) ? true : undefined,
  );
  world.context.held(
    `${seconds.toFixed(0)} s after the day's beginning all ${names.length} are there, on ${serviceNodes(trial)} nodes that are new`,
  );
}
