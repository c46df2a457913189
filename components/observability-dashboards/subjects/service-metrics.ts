import { serviceSelector } from "../../observability-rules";
import type { ExposedMetric, ServiceRecord } from "../../shared/service-record";
import type { Rows } from "../layout";
import { graph, perPixel } from "../panels";

/** What the service counts beside its requests: a panel each, by its labels. */
export function ownMetricsRow(record: ServiceRecord): Rows {
  const { slo, exposes = [] } = record;
  const shown = exposes.filter(
    ({ name }) => name !== slo?.metrics.requests && name !== slo?.metrics.duration,
  );
  const lastLine = shown.length % 3;
  return {
    title: "What it counts itself",
    panels: shown.map((metric, index) => {
      const inLastLine = index >= shown.length - lastLine;
      return metricPanel(record, metric, inLastLine ? 24 / lastLine : 8);
    }),
  };
}

function metricPanel(record: ServiceRecord, metric: ExposedMetric, width: number) {
  const { name, kind, labels } = metric;
  const of = serviceSelector(record);
  const by = labels.length === 0 ? "" : ` by (${labels.join(", ")})`;
  const legend =
    labels.length === 0 ? titleOf(name) : labels.map((label) => `{{${label}}}`).join(" ");
  const common = { title: titleOf(name), about: name, width };
  switch (kind) {
    case "counter":
      return graph({
        ...common,
        title: `${titleOf(name)} a second`,
        unit: "short",
        queries: [{ expr: `sum${by} (rate(${name}{${of}}[${perPixel}]))`, legend }],
      });
    case "gauge":
      return graph({
        ...common,
        unit: "short",
        queries: [{ expr: `max${by} (${name}{${of}})`, legend }],
      });
    case "histogram": {
      const within = `sum by (${["le", ...labels].join(", ")}) (rate(${name}_bucket{${of}}[${perPixel}]))`;
      return graph({
        ...common,
        title: `${titleOf(name)}, 95 % of them at most`,
        unit: name.endsWith("_seconds") ? "s" : "short",
        queries: [{ expr: `histogram_quantile(0.95, ${within})`, legend }],
      });
    }
  }
}

/** "ai_request_cost_total" reads "Ai request cost". */
function titleOf(metric: string): string {
  const words = metric.replace(/_(total|seconds)$/, "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
