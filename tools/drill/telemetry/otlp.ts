import { request } from "node:http";
import type { Pod } from "./pods";

type Value = string | number | boolean;
type Attributes = Readonly<Record<string, Value | readonly string[]>>;

/** A span as a service's own code makes it. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: "internal" | "server" | "client";
  /** Milliseconds since 1970, and how many it took. */
  readonly start: number;
  readonly took: number;
  readonly attributes?: Attributes;
  readonly events?: readonly { readonly name: string; readonly attributes: Attributes }[];
  readonly error?: string;
}

/** What one pod sends at a time. */
export interface Export {
  readonly pod: Pod;
  readonly resource?: Attributes;
  readonly spans: readonly Span[];
}

const kinds = { internal: 1, server: 2, client: 3 } as const;

/** Sends it from the pod's own address, by which the agent knows the pod, until it is taken. */
export async function send(agent: string, { pod, resource, spans }: Export): Promise<void> {
  const body = JSON.stringify({
    resourceSpans: [
      {
        // As OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES of the plan have it.
        resource: {
          attributes: attributesOf({
            "service.name": pod.service,
            "service.namespace": pod.namespace,
            "telemetry.sdk.language": pod.service === "relaycore" ? "nodejs" : "python",
            ...resource,
          }),
        },
        scopeSpans: [{ scope: { name: "drill" }, spans: spans.map(spanOf) }],
      },
    ],
  });
  for (let attempt = 0; ; attempt += 1) {
    const status = await post(agent, pod.address, body).catch(() => 0);
    if (status === 200) return;
    // As an application's exporter does; it gives up after a while, too.
    if (attempt === 150) throw new Error(`${pod.name}: the agent takes no spans (${status})`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function spanOf(span: Span): object {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentSpanId !== undefined && { parentSpanId: span.parentSpanId }),
    name: span.name,
    kind: kinds[span.kind],
    startTimeUnixNano: nanoseconds(span.start),
    endTimeUnixNano: nanoseconds(span.start + span.took),
    attributes: attributesOf(span.attributes ?? {}),
    events: (span.events ?? []).map(({ name, attributes }) => ({
      name,
      timeUnixNano: nanoseconds(span.start),
      attributes: attributesOf(attributes),
    })),
    status: span.error === undefined ? {} : { code: 2, message: span.error },
  };
}

function nanoseconds(milliseconds: number): string {
  return `${BigInt(Math.round(milliseconds * 1000)) * 1000n}`;
}

function attributesOf(attributes: Attributes): object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: valueOf(value) }));
}

function valueOf(value: Value | readonly string[]): object {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "number") return { intValue: String(value) };
  return { arrayValue: { values: value.map((entry) => ({ stringValue: entry })) } };
}

function post(host: string, localAddress: string, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        ...{ host, port: 4318, localAddress, method: "POST", path: "/v1/traces", timeout: 10_000 },
        headers: { "Content-Type": "application/json" },
      },
      (response) => {
        response.resume();
        response.once("end", () => {
          resolve(response.statusCode ?? 0);
        });
      },
    );
    outgoing.once("timeout", () => outgoing.destroy(new Error("no answer")));
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}
