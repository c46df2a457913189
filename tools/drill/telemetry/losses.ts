import { setTimeout as sleep } from "node:timers/promises";
import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { waitFor } from "../processes";
import type { DrillContext } from "../registry";
import { send } from "./otlp";
import type { Pod } from "./pods";
import { exportsOf, makeRequest, type Request } from "./requests";
import type { World } from "./world";

/**
 * The agent is killed while neither gateways nor the store of logs take anything: what it took before is on its disk, what
 * was written meanwhile is in the files.
 */
export async function loseAgent({ held }: DrillContext, world: World): Promise<readonly Request[]> {
  const { agent, gateways, gate, pods } = world;
  for (const { running } of gateways) process.kill(running.pid, "SIGSTOP");
  gate.shut();
  const requests = failing(60);
  await sendAll(world, requests);
  const lines = new Lines(world, pods.slice(0, 2));
  for (let turn = 0; turn < 40; turn += 1) {
    lines.write("0.log", 10);
    if (turn === 25) await agent.running.kill();
    // Of a container that was started again meanwhile, which has a file of its own.
    if (turn > 30) lines.write("1.log", 5);
    await sleep(25);
  }
  await agent.start();
  // Killed once more, with all of it read by now, and nobody to give it to.
  await sleep(2000);
  await agent.running.kill();
  gate.reopen();
  for (const { running } of gateways) process.kill(running.pid, "SIGCONT");
  await agent.start();
  const twice = await lines.arrive();
  held(
    `the agent killed twice while nobody takes anything: all ${lines.count} lines arrive, also those written while it was away and of a file that it never saw (${twice} twice)`,
  );
  return requests;
}

/** Every line has a number, so that each is told from all others. */
class Lines {
  count = 0;

  constructor(
    private readonly world: World,
    private readonly pods: readonly Pod[],
  ) {}

  write(file: string, count: number): void {
    for (const pod of this.pods) {
      const folder = join(
        this.world.places.logs,
        `${pod.namespace}_${pod.name}_${pod.uid}`,
        pod.service,
      );
      mkdirSync(folder, { recursive: true });
      const time = new Date().toISOString().replace("Z", "000000Z");
      const rows = Array.from({ length: count }, () => {
        this.count += 1;
        return `${time} stdout F counted line=${String(this.count)}.\n`;
      });
      appendFileSync(join(folder, file), rows.join(""));
    }
  }

  /** Until every line is there; how many are there more than once. */
  async arrive(): Promise<number> {
    const seen = new Map<number, number>();
    const { stores, agent, others } = this.world;
    const needs = [agent.running, ...others];
    await waitFor({ what: "every line", seconds: 60, needs }, async () => {
      seen.clear();
      for (const line of await stores.lines("counted")) {
        const number = Number(/line=(\d+)\./.exec(line["_msg"] ?? "")?.[1]);
        seen.set(number, (seen.get(number) ?? 0) + 1);
      }
      return seen.size === this.count || undefined;
    }).catch((error: unknown) => {
      throw new Error(
        `${this.count - seen.size} of ${this.count} lines are lost: ${String(error)}`,
      );
    });
    return [...seen.values()].filter((times) => times > 1).length;
  }
}

/**
 * A gateway killed, another told to end: what waits in the first is lost, as nobody promised otherwise; what waits in the
 * second is decided at once; what is sent from then on waits on the node.
 */
export async function loseGateways({ held, say }: DrillContext, world: World): Promise<void> {
  const { gateways, jaeger, places } = world;
  const [killed, ended] = gateways;
  if (killed === undefined || ended === undefined) throw new Error("two gateways are needed");
  const before = failing(90);
  const known = await tracesKnown(world);
  await sendAll(world, before);
  const holds = await waiting(world, known, before.length);
  const share = holds.get(places.gateways[0] ?? "") ?? 0;
  await killed.running.kill();
  await ended.running.stop();
  const after = failing(90);
  await sendAll(world, after);
  await sleep(3000);
  await Promise.all([killed.start(), ended.start()]);
  // Away when the traces are decided on.
  await sleep(22_000);
  await jaeger.running.stop();
  await sleep(12_000);
  await jaeger.start();
  await arrive(world, after, "sent while two gateways were away, decided on while Jaeger was");
  const gone = await missing(world, before);
  if (gone.length > share)
    throw new Error(
      `${gone.length} traces are lost with a gateway that held ${share}: the one that was told to end, or the third, lost some too`,
    );
  held(
    `a gateway killed, another ended, Jaeger away for 12 s: all ${after.length} traces sent after that are kept, and those that the ended one held`,
  );
  say(
    `lost with the killed gateway, as nobody promised otherwise: ${gone.length} of the ${share} traces that waited in it, of ${before.length}`,
  );
}

/** Traces that each gateway has seen, by its address. */
async function tracesKnown({ stores }: World): Promise<ReadonlyMap<string, number>> {
  const found = await stores.query("otelcol_processor_tail_sampling_new_trace_id_received_total");
  return new Map(
    found.map(({ metric, value }) => [(metric["instance"] ?? "").split(":")[0] ?? "", value]),
  );
}

/** How many of them wait in each gateway, once all do. */
async function waiting(
  world: World,
  known: ReadonlyMap<string, number>,
  count: number,
): Promise<ReadonlyMap<string, number>> {
  const needs = world.gateways.map(({ running }) => running);
  const wait = { what: "traces to wait in the gateways", seconds: 25, needs };
  const { value } = await waitFor(wait, async () => {
    const now = await tracesKnown(world);
    const more = [...now].map(
      ([address, all]) => [address, all - (known.get(address) ?? 0)] as const,
    );
    const sum = more.reduce((total, [, own]) => total + own, 0);
    return sum >= count ? new Map(more) : undefined;
  });
  // The spans of the last one.
  await sleep(3000);
  return value;
}

export async function arrive(
  world: World,
  requests: readonly Request[],
  what: string,
): Promise<void> {
  let gone: readonly Request[] = requests;
  const needs = [world.jaeger.running, ...world.gateways.map(({ running }) => running)];
  await waitFor({ what: `traces ${what}`, seconds: 90, needs }, async () => {
    gone = await missing(world, requests);
    return gone.length === 0 || undefined;
  }).catch((error: unknown) => {
    throw new Error(
      `${gone.length} of ${requests.length} traces ${what} are lost: ${String(error)}`,
    );
  });
}

/** Traces that Jaeger does not have, or not whole. */
async function missing(
  { stores }: World,
  requests: readonly Request[],
): Promise<readonly Request[]> {
  const { traces } = await stores.tracesOf("automatrix-api");
  const spans = new Map(traces.map(({ traceID, spans: own }) => [traceID, own.length]));
  return requests.filter((request) => spans.get(request.traceId) !== request.spans.length);
}

function failing(count: number): Request[] {
  return Array.from({ length: count }, () => makeRequest("failing"));
}

export async function sendAll(
  { places, pods }: World,
  requests: readonly Request[],
): Promise<void> {
  for (const made of exportsOf(requests, pods)) await send(places.agent, made);
}
