import { randomBytes } from "node:crypto";
import type { Export, Span } from "./otlp";
import type { Pod } from "./pods";

export type Kind = "healthy" | "failing" | "slow" | "own";

/** A request on its way through the platform, or, of kind "own", one of a service that calls nobody outside. */
export interface Request {
  readonly kind: Kind;
  readonly traceId: string;
  readonly spans: readonly (Span & { readonly service: string })[];
}

export function makeRequest(kind: Kind): Request {
  const traceId = randomBytes(16).toString("hex");
  return { kind, traceId, spans: kind === "own" ? ownSpans(traceId) : journey(kind, traceId) };
}

function ownSpans(traceId: string): Request["spans"] {
  const [service, name] = ["neuroweaver-api", "GET /api/v1/models"];
  return [{ ...span({ traceId, name, kind: "server" }, 0, 80), service }];
}

/** AutoMatrix asks RelayCore, which asks a model, and NeuroWeaver for one of its own. */
function journey(kind: Kind, traceId: string): Request["spans"] {
  // Some are a little slower than others; a slow one takes longer than the gateways' limit.
  const took = kind === "slow" ? 1500 : 200 + (parseInt(traceId.slice(0, 2), 16) % 3) * 100;
  const failed = kind === "failing" ? { error: "the provider answered 503" } : {};
  const root = span({ traceId, name: "POST /api/workflows/{id}/execute", kind: "server" }, 0, took);
  const call = span(
    { traceId, name: "POST relaycore", kind: "client", parent: root },
    5,
    took - 10,
  );
  const route = span(
    { traceId, name: "POST /ai/route", kind: "server", parent: call },
    10,
    took - 20,
  );
  const model = {
    ...span({ traceId, name: "chat gpt-4o", kind: "client", parent: route }, 20, took - 60),
    ...failed,
  };
  const ask = span(
    { traceId, name: "POST neuroweaver", kind: "client", parent: route },
    took - 40,
    20,
  );
  const infer = span(
    { traceId, name: "POST /api/v1/inference", kind: "server", parent: ask },
    took - 38,
    15,
  );
  return [
    { ...root, service: "automatrix-api" },
    { ...call, service: "automatrix-api" },
    { ...route, service: "relaycore" },
    { ...model, service: "relaycore" },
    { ...ask, service: "relaycore" },
    { ...infer, service: "neuroweaver-api" },
  ];
}

type Told = Pick<Span, "traceId" | "name" | "kind"> & { readonly parent?: Span };

/** Milliseconds after the request came, and how many it took. */
function span({ parent, ...told }: Told, after: number, took: number): Span {
  return {
    ...{ ...told, took, start: Date.now() - 3000 + after },
    spanId: randomBytes(8).toString("hex"),
    ...(parent !== undefined && { parentSpanId: parent.spanId }),
    attributes: { "http.response.status_code": 200 },
  };
}

/** As the pods send them: each its own spans, many at a time, requests shared among the pods of a service. */
export function exportsOf(requests: readonly Request[], pods: readonly Pod[]): Export[] {
  const byPod = new Map<Pod, Span[]>(pods.map((pod) => [pod, []]));
  for (const [index, { spans }] of requests.entries())
    for (const { service, ...made } of spans) {
      const own = pods.filter((pod) => pod.service === service);
      const pod = own[index % own.length];
      if (pod === undefined) throw new Error(`${service} has no pod`);
      byPod.get(pod)?.push(made);
    }
  return [...byPod].flatMap(([pod, spans]) =>
    chunks(spans, 512).map((some) => ({ pod, spans: some })),
  );
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
