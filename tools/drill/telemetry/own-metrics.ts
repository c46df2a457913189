import { exporters } from "../../../components/observability-rules";
import { waitFor } from "../processes";
import type { DrillContext } from "../registry";
import type { World } from "./world";

/** These appear with the first failure of their kind. */
const ofFailures = new Set([
  "otelcol_receiver_refused_spans_total",
  "otelcol_exporter_send_failed_spans_total",
]);

/** What alerts ask of the collectors and Jaeger themselves, those have under that name. */
export async function checkOwnMetrics(
  { held }: DrillContext,
  { stores, others }: World,
): Promise<void> {
  const asked = ["opentelemetry-collector", "jaeger"]
    .flatMap((name) => exporters[name]?.metrics ?? [])
    .filter((name) => !ofFailures.has(name));
  let missing: readonly string[] = asked;
  await waitFor({ what: "the collectors' own metrics", seconds: 30, needs: others }, async () => {
    const found = await Promise.all(
      asked.map(async (name) => ((await stores.query(name)).length === 0 ? [name] : [])),
    );
    missing = found.flat();
    return missing.length === 0 || undefined;
  }).catch(() => {
    throw new Error(`collectors and Jaeger have no ${missing.join(", ")}, which alerts ask for`);
  });
  held(`${asked.length} metrics that alerts ask of collectors and Jaeger are there by their names`);
}
