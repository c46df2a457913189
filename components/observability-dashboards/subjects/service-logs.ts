import type { ServiceRecord } from "../../shared/service-record";
import type { Rows } from "../layout";
import { logSelector, logsOf, tracesOf } from "../links";
import { graph, logGraph, logs, perPixel } from "../panels";

/** What it writes. */
export function logRow({ name }: ServiceRecord): Rows {
  const of = logSelector(name);
  return {
    title: "Logs",
    panels: [
      logGraph({
        title: "Lines, by level",
        unit: "short",
        width: 8,
        height: 10,
        links: { "All logs": logsOf(name) },
        queries: [
          {
            expr: `sum by (detected_level) (count_over_time(${of} [$__interval]))`,
            legend: "{{detected_level}}",
          },
        ],
      }),
      logs({
        title: "Errors, the newest first",
        about: "A line with a trace leads to it.",
        width: 16,
        queries: [{ expr: `${of} | detected_level=~"error|critical|fatal"` }],
      }),
    ],
  };
}

/** What its spans tell, whatever else it counts. */
export function traceRow({ name }: ServiceRecord): Rows {
  const links = { "All traces": tracesOf(name) };
  const of = `service_name="${name}"`;
  return {
    title: "Traces",
    panels: [
      graph({
        title: "Spans a second, by outcome",
        about: "Measured before traces are sampled: all that was sent.",
        unit: "reqps",
        width: 12,
        links,
        queries: [
          {
            expr: `sum by (span_kind, status_code) (rate(traces_span_metrics_calls_total{${of}}[${perPixel}]))`,
            legend: "{{span_kind}} {{status_code}}",
          },
        ],
      }),
      graph({
        title: "Time of spans, by name",
        about: "Each dot is a trace: click it.",
        unit: "s",
        width: 12,
        links,
        exemplars: true,
        queries: [
          {
            expr: `topk(10, histogram_quantile(0.95, sum by (le, span_name) (rate(traces_span_metrics_duration_seconds_bucket{${of}}[${perPixel}]))))`,
            legend: "{{span_name}}",
          },
        ],
      }),
    ],
  };
}
