import { setTimeout as sleep } from "node:timers/promises";
import type { Sample } from "../cluster/recorder";
import { isScaledObject } from "../cluster/scaling";
import { waitIn } from "../cluster/world";
import { waitFor } from "../processes";
import type { SpikeTrial } from "../spike";
import { quiet } from "./wave";

const factor = 10;
const riseSeconds = 60;
const patienceSeconds = 240;

/** A node that is needless is drained: as many pods as a disruption budget lets go may be on their way. */
const mostMissing = 1;

/** What is still said to flap: more changes of direction than up once and down once. */
const mostTurns = 1;

export interface Rise {
  readonly rows: readonly (readonly (string | number)[])[];
  readonly nodesBefore: number;
}

/** The load rises tenfold within a minute; gives a table of what followed. */
export async function tryRise(trial: SpikeTrial): Promise<Rise> {
  const { world, wave, hit } = trial;
  const { context, recorder } = world;
  const before = recorder.now();
  recorder.mark(`load ×${factor} within ${riseSeconds} s on ${hit.join(" and ")}`);
  const start = performance.now();
  wave.move(quiet * factor, riseSeconds);
  // The autoscaler takes a tenth too much for enough.
  const wanted = Math.ceil((quiet * factor) / 1.1);
  const reached = new Map<string, number>();
  await waitFor(waitIn(world, `${wanted} ready pods of ${hit.join(", ")}`, patienceSeconds), () => {
    const { ready, pending } = recorder.now();
    for (const name of hit)
      if (!reached.has(name) && (ready[name] ?? 0) >= Math.min(wanted, ceilingOf(trial, name)))
        reached.set(name, (performance.now() - start) / 1000);
    return (reached.size === hit.length && pending === 0) || undefined;
  });
  const after = recorder.now();
  const added = nodeCount(after) - nodeCount(before);
  context.held(
    `${hit.map((name) => `${name} from ${before.ready[name] ?? 0} to ${after.ready[name] ?? 0} pods`).join(", ")} ` +
      `and ${added} more nodes; no pod waits`,
  );
  const rows = hit.map((name) => [
    name,
    before.ready[name] ?? 0,
    after.ready[name] ?? 0,
    (reached.get(name) ?? 0).toFixed(1),
    mostPending(recorder.samples),
  ]);
  const head = [
    "service",
    "pods before",
    "pods at ×10",
    "seconds from the rise",
    "most pods waiting",
  ];
  return { rows: [head, ...rows], nodesBefore: nodeCount(before) };
}

/** The load goes back; so do pods and nodes, once and for all. */
export async function trySettle(
  { world, wave, hit }: SpikeTrial,
  { nodesBefore }: Rise,
): Promise<void> {
  const { context, recorder, planned } = world;
  const from = recorder.samples.length;
  const peak = nodeCount(recorder.now());
  recorder.mark("the load goes back");
  wave.move(quiet, riseSeconds);
  const { seconds } = await waitFor(
    waitIn(world, "pods and nodes to go back", 2 * patienceSeconds),
    () => {
      const now = recorder.now();
      const pods = hit.every((name) => (now.ready[name] ?? 0) <= floorOf(planned.objects, name));
      return (pods && now.pending === 0 && nodeCount(now) <= nodesBefore) || undefined;
    },
  );
  // A little longer, to see that it stays so.
  await sleep(20_000);
  const turns = hit.map((name) => [name, turnsOf(recorder.samples, name)] as const);
  const flapping = turns.filter(([, count]) => count > mostTurns);
  if (flapping.length > 0)
    throw new Error(
      `flapping: ${flapping.map(([name, count]) => `${name} ${count} turns`).join(", ")}`,
    );
  const missing = hit.map((name) => {
    const counts = recorder.samples.slice(from).map(({ ready }) => ready[name] ?? 0);
    return [name, floorOf(planned.objects, name) - Math.min(...counts)] as const;
  });
  const bare = missing.filter(([, pods]) => pods > mostMissing);
  if (bare.length > 0)
    throw new Error(
      `on the way back there were fewer ready pods than floor and budget allow: ` +
        bare.map(([name, pods]) => `${name} lacked ${pods}`).join(", "),
    );
  context.held(
    `back at the floor after ${seconds.toFixed(1)} s, from ${peak} nodes to ${nodeCount(recorder.now())}; ` +
      `direction of the count changed ${turns.map(([name, count]) => `${count} time of ${name}`).join(", ")}, at most ${Math.max(0, ...missing.map(([, pods]) => pods))} below the floor`,
  );
}

/** How often a count that grew shrinks again, or the other way round. */
export function turnsOf(samples: readonly Sample[], name: string): number {
  const counts = samples.map(({ wanted }) => wanted[name] ?? 0);
  const moves = counts
    .slice(1)
    .map((count, index) => Math.sign(count - (counts[index] ?? 0)))
    .filter((move) => move !== 0);
  return moves.slice(1).filter((move, index) => move !== moves[index]).length;
}

function nodeCount({ nodes }: Sample): number {
  return Object.values(nodes).reduce((sum, count) => sum + count, 0);
}

function mostPending(samples: readonly Sample[]): number {
  return Math.max(...samples.map(({ pending }) => pending));
}

function ceilingOf({ world }: SpikeTrial, name: string): number {
  return scaledObjectOf(world.planned.objects, name)?.spec.maxReplicaCount ?? Infinity;
}

function floorOf(objects: SpikeTrial["world"]["planned"]["objects"], name: string): number {
  return scaledObjectOf(objects, name)?.spec.minReplicaCount ?? 1;
}

function scaledObjectOf(objects: SpikeTrial["world"]["planned"]["objects"], name: string) {
  return objects.filter(isScaledObject).find(({ spec }) => spec.scaleTargetRef.name === name);
}
