import { readFileSync } from "node:fs";
import { isRecord } from "../../plan/values";
import { waitFor } from "../processes";
import type { DrillContext } from "../registry";
import type { Configuration } from "./chart";
import type { Kind, Request } from "./requests";
import type { World } from "./world";

/** What was measured of spans is what was sent, whatever is kept of it later. */
export async function checkMeasures(
  { held, say }: DrillContext,
  world: World,
  requests: readonly Request[],
): Promise<void> {
  const { stores, others } = world;
  const spans = requests.flatMap((request) => request.spans);
  const sent = countBy(spans, ({ service, name }) => `${service} ${name}`);
  const read = async (): Promise<Map<string, number>> => {
    const found = await stores.query(
      "sum by (service_name, span_name) (traces_span_metrics_calls_total)",
    );
    return new Map(
      found.map(({ metric, value }) => [`${metric["service_name"]} ${metric["span_name"]}`, value]),
    );
  };
  let seen = new Map<string, number>();
  const wait = { what: "all spans to be measured", seconds: 60, needs: others };
  await waitFor(wait, async () => {
    seen = await read();
    return [...sent].every(([key, count]) => (seen.get(key) ?? 0) >= count) || undefined;
  }).catch((error: unknown) => {
    const gaps = [...sent].map(([key, count]) => `${key}: ${seen.get(key) ?? 0} of ${count}`);
    throw new Error(`${String(error)}\n  measured: ${gaps.join(", ")}`);
  });
  const wrong = [...sent].filter(([key, count]) => seen.get(key) !== count);
  // What was asked for again is measured again: on a machine that stands still for seconds nobody can count.
  if (wrong.length > 0 && askedAgain(world)) {
    say("spans were sent again, so that measures cannot be counted: NOT TRIED");
    return;
  }
  if (wrong.length > 0)
    throw new Error(
      `measured: ${wrong.map(([key, count]) => `${key} ${seen.get(key)} times, sent ${count}`).join("; ")}`,
    );
  held(
    `${spans.length} spans of ${sent.size} kinds are measured, each once, before any is left out`,
  );
  const failing = spans.filter(({ error }) => error !== undefined).length;
  // One more: that of the request with the planted secrets.
  await waitFor({ what: "all errors to be measured", seconds: 30, needs: others }, async () => {
    const [failed] = await stores.query(
      'sum(traces_span_metrics_calls_total{status_code="STATUS_CODE_ERROR"})',
    );
    return failed?.value === failing + 1 || undefined;
  });
  await checkBuckets(stores, spans);
  held("their times stand in the buckets where they belong, and errors are told from the rest");
}

function askedAgain({ agent }: World): boolean {
  return readFileSync(agent.running.logFile, "utf8").includes("Will retry");
}

async function checkBuckets(
  stores: World["stores"],
  spans: readonly { readonly service: string; readonly name: string; readonly took: number }[],
): Promise<void> {
  const name = "POST /api/workflows/{id}/execute";
  const roots = spans.filter((span) => span.name === name);
  for (const [limit, most] of [
    ["0.25", 250],
    ["0.5", 500],
    ["1", 1000],
    ["2", 2000],
  ] as const) {
    const found = await stores.query(
      `sum(traces_span_metrics_duration_seconds_bucket{span_name="${name}",le=~"${limit}(\\\\.0)?"})`,
    );
    const within = roots.filter(({ took }) => took <= most).length;
    expectEqual(`spans within ${limit} s`, found[0]?.value, within);
  }
}

export async function checkLines(
  { held }: DrillContext,
  { stores, others, pods }: World,
  requests: readonly Request[],
): Promise<void> {
  const failing = requests.filter(({ kind }) => kind === "failing");
  const [one] = failing;
  if (one === undefined) throw new Error("nothing failed");
  const services = [...new Set(one.spans.map(({ service }) => service))];
  const { value: lines, seconds } = await waitFor(
    { what: "the lines of a trace", seconds: 30, needs: others },
    async () => {
      const found = await stores.lines(`trace_id:="${one.traceId}"`);
      return found.length >= services.length ? found : undefined;
    },
  );
  expectEqual("lines of one trace", lines.length, services.length);
  for (const service of services) {
    const line = lines.find((each) => each["service.name"] === service);
    const pod = pods.find((each) => each.service === service && each.name.endsWith("1"));
    if (line === undefined || pod === undefined) throw new Error(`no line of ${service}`);
    expectEqual(`${service}: team`, line["team"], pod.team);
    expectEqual(`${service}: pod`, line["k8s.pod.name"], pod.name);
    expectEqual(`${service}: namespace`, line["service.namespace"], pod.namespace);
    expectEqual(`${service}: cluster`, line["cluster"], "auterity-prod");
    const own = one.spans.find((span) => span.service === service);
    expectEqual(`${service}: span`, line["span_id"], own?.spanId);
    // Found by its labels in Loki: each has to be there.
    const stream = line["_stream"] ?? "";
    if (!stream.includes(`service.name="${service}"`)) throw new Error(`${service}: ${stream}`);
  }
  held(
    `${lines.length} lines of one trace, of ${services.length} services that write it under different names, are found by it after ${seconds.toFixed(1)} s, with pod and team`,
  );
}

interface Sent {
  readonly requests: readonly Request[];
  readonly began: number;
}

export async function checkTrace(
  { held }: DrillContext,
  { stores, jaeger, gateways }: World,
  { requests, began }: Sent,
): Promise<void> {
  const one = requests.find(({ kind }) => kind === "failing");
  if (one === undefined) throw new Error("nothing failed");
  const needs = [jaeger.running, ...gateways.map(({ running }) => running)];
  const { value: trace } = await waitFor({ what: "a trace in Jaeger", seconds: 90, needs }, () =>
    stores.trace(one.traceId),
  );
  const ids = trace.spans.map(({ spanID }) => spanID).sort();
  const sent = one.spans.map(({ spanId }) => spanId).sort();
  expectEqual("spans of one trace", ids.join(" "), sent.join(" "));
  const services = new Set(Object.values(trace.processes).map(({ serviceName }) => serviceName));
  expectEqual("services of one trace", services.size, 3);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  held(
    `one trace is whole in Jaeger: ${ids.length} spans of ${services.size} services (seen ${seconds} s later)`,
  );
}

interface Sampled {
  readonly world: World;
  readonly requests: readonly Request[];
  readonly gateway: Configuration;
}

export async function checkSampling(
  { held, say }: DrillContext,
  { world: { stores, jaeger }, requests, gateway }: Sampled,
): Promise<void> {
  const kinds = new Map(requests.map(({ traceId, kind }) => [traceId, kind]));
  const shares: Readonly<Record<Kind, number>> = {
    failing: 1,
    slow: 1,
    healthy: percentOf(gateway, "some-of-automatrix-api") / 100,
    own: percentOf(gateway, "some-of-all") / 100,
  };
  const read = async (): Promise<ReadonlySet<string>> => {
    const found = await Promise.all(
      ["automatrix-api", "neuroweaver-api"].map((service) => stores.tracesOf(service)),
    );
    return new Set(found.flatMap(({ traces }) => traces.map(({ traceID }) => traceID)));
  };
  const whole = requests.filter(({ kind }) => shares[kind] === 1);
  let kept: ReadonlySet<string> = new Set();
  await waitFor({ what: "decided traces", seconds: 60, needs: [jaeger.running] }, async () => {
    kept = await read();
    return whole.every(({ traceId }) => kept.has(traceId)) || undefined;
  }).catch((error: unknown) => {
    const gone = whole.filter(({ traceId }) => !kept.has(traceId)).length;
    throw new Error(
      `${gone} of ${whole.length} failing and slow traces are not kept: ${String(error)}`,
    );
  });
  held(`all ${whole.length} traces with an error or longer than a second are kept`);
  for (const kind of ["healthy", "own"] as const) {
    const sent = [...kinds].filter(([, each]) => each === kind);
    const count = sent.filter(([id]) => kept.has(id)).length;
    const [least, most] = bounds(sent.length, shares[kind]);
    const figures = `${count} of ${sent.length} ${names[kind]}, ${(shares[kind] * 100).toFixed(0)} % are asked for`;
    if (count < least || count > most)
      throw new Error(`kept ${figures}: ${least} to ${most} would be chance`);
    held(`kept ${figures} (${least} to ${most} is chance)`);
  }
  say(`traces in Jaeger: ${kept.size}`);
}

const names = { healthy: "of services that call others outside", own: "of the others" } as const;

/** Five standard deviations on both sides: less than one run in a million falls out of them. */
function bounds(count: number, share: number): [number, number] {
  const middle = count * share;
  const wide = 5 * Math.sqrt(count * share * (1 - share));
  return [Math.ceil(middle - wide), Math.floor(middle + wide)];
}

/** Of a policy by its name, wherever its percentage stands. */
function percentOf(gateway: Configuration, name: string): number {
  const { processors } = gateway as {
    readonly processors: {
      readonly tail_sampling: { readonly policies: readonly { name: string }[] };
    };
  };
  const policy = processors.tail_sampling.policies.find((each) => each.name === name);
  const percent = find(policy, "sampling_percentage");
  if (typeof percent !== "number")
    throw new Error(`the plan has no policy ${name} with a percentage`);
  return percent;
}

function find(value: unknown, key: string): unknown {
  if (Array.isArray(value))
    return value.map((entry) => find(entry, key)).find((each) => each !== undefined);
  if (!isRecord(value)) return undefined;
  return key in value ? value[key] : find(Object.values(value), key);
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

function expectEqual(what: string, seen: unknown, expected: unknown): void {
  if (seen !== expected) throw new Error(`${what}: ${String(seen)}, expected ${String(expected)}`);
}
