import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Pod } from "./pods";

/** Writes lines as containerd does for a container's output, into the file that the kubelet names. */
export function write(logs: string, pod: Pod, lines: readonly string[]): void {
  const folder = join(logs, `${pod.namespace}_${pod.name}_${pod.uid}`, pod.service);
  mkdirSync(folder, { recursive: true });
  const time = new Date().toISOString().replace("Z", "000000Z");
  appendFileSync(
    join(folder, "0.log"),
    lines
      .flatMap((text) => text.split("\n"))
      .map((text) => `${time} stdout F ${text}\n`)
      .join(""),
  );
}

/** A structured line, as each service is asked to write them: each has the trace under a name of its own. */
export function structured(
  pod: Pod,
  traceId: string,
  {
    spanId = "00f067aa0ba902b7",
    ...fields
  }: Readonly<Record<string, unknown>> & { readonly spanId?: string },
): string {
  const message = "request done";
  if (pod.service === "relaycore")
    // winston, with JSON.
    return JSON.stringify({
      level: "info",
      message,
      ...fields,
      ...{ service: "relaycore", environment: "production", traceId, spanId },
      timestamp: new Date().toISOString(),
    });
  if (pod.service === "automatrix-api")
    // structlog.
    return JSON.stringify({
      ...{ event: message, ...fields, trace_id: traceId, span_id: spanId },
      ...{ level: "info", logger: "app.request", timestamp: new Date().toISOString() },
    });
  // Python's own, with OpenTelemetry's correlation.
  const extra = Object.entries(fields).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
  return `2026-01-05 10:00:00,000 INFO [neuroweaver] [main.py:42] [trace_id=${traceId} span_id=${spanId} resource.service.name=${pod.service} trace_sampled=True] - ${message}${extra.join("")}`;
}
