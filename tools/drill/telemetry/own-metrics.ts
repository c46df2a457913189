import { exporters } from "../../../components/observability-rules";
import { ports } from "../../../components/observability-stack/parts";
import { waitFor } from "../processes";
import type { DrillContext } from "../registry";
import type { World } from "./world";

/** These appear with the first failure of their kind. */
const ofFailures = new Set([
  "otelcol_receiver_refused_spans_total",
  "otelcol_exporter_send_failed_spans_total",
]);

/**
 * What alerts ask of the collectors and Jaeger themselves, those have under that name: in the plainest of Prometheus'
 * formats, in which names are not completed.
 */
export async function checkOwnMetrics(
  { held }: DrillContext,
  { places, agent, gateways, jaeger }: World,
): Promise<void> {
  const asked = ["opentelemetry-collector", "jaeger"]
    .flatMap((name) => exporters[name]?.metrics ?? [])
    .filter((name) => !ofFailures.has(name));
  const needs = [agent, ...gateways, jaeger].map(({ running }) => running);
  let missing: readonly string[] = asked;
  await waitFor({ what: "the collectors' own metrics", seconds: 30, needs }, async () => {
    const texts = await Promise.all(
      [places.agent, ...places.gateways, places.jaeger].map(async (address) => {
        const answer = await fetch(`http://${address}:${ports.collectorMetrics}/metrics`, {
          headers: { Accept: "text/plain" },
        });
        return answer.text();
      }),
    );
    const seen = new Set(texts.join("\n").match(/^\w+/gm));
    missing = asked.filter((name) => !seen.has(name));
    return missing.length === 0 || undefined;
  }).catch(() => {
    throw new Error(`collectors and Jaeger have no ${missing.join(", ")}, which alerts ask for`);
  });
  held(`${asked.length} metrics that alerts ask of collectors and Jaeger are there by their names`);
}
