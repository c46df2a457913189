import { layOut, type Rows } from "../layout";
import { graph, perPixel, stat, table } from "../panels";
import type { PlannedDashboard } from "../planned";
import { noneWanted, orZero } from "./subject";

/** Whether those who watch are awake: metrics, logs, traces, and what goes out to people. */
export function telemetryDashboard(): PlannedDashboard {
  return layOut({
    uid: "telemetry",
    title: "Observability itself",
    about:
      "Whether metrics, logs and traces arrive, whether alerts go out, and whether they tell anything.",
    folder: "Platform",
    tags: ["telemetry"],
    from: "now-24h",
    rows: [glance, alerts, metrics, logsAndTraces],
  });
}

const glance: Rows = {
  title: "At a glance",
  panels: [
    stat({
      title: "Targets that do not answer",
      width: 6,
      limits: noneWanted,
      queries: [{ expr: orZero("count(up == 0)") }],
    }),
    stat({
      title: "Rules that cannot be computed",
      width: 6,
      limits: noneWanted,
      queries: [{ expr: orZero("sum(increase(prometheus_rule_evaluation_failures_total[15m]))") }],
    }),
    stat({
      title: "Messages to people that did not arrive",
      about: "Within an hour.",
      width: 6,
      limits: noneWanted,
      queries: [{ expr: orZero("sum(increase(alertmanager_notifications_failed_total[1h]))") }],
    }),
    stat({
      title: "Spans turned away or lost",
      about: "Within an hour.",
      width: 6,
      limits: noneWanted,
      queries: [
        {
          expr: "(sum(increase(otelcol_receiver_refused_spans_total[1h])) or vector(0)) + (sum(increase(otelcol_exporter_send_failed_spans_total[1h])) or vector(0))",
        },
      ],
    }),
  ],
};

const alerts: Rows = {
  title: "Alerts and whether they tell anything",
  panels: [
    graph({
      title: "Alerts that fire, by severity",
      unit: "short",
      width: 8,
      queries: [
        {
          expr: 'count by (severity) (ALERTS{alertstate="firing",alertname!="Watchdog"})',
          legend: "{{severity}}",
        },
      ],
    }),
    stat({
      title: "Pages that told something",
      about:
        "Share of the pages within 30 days that held for more than five minutes; the plan asks for 90 %.",
      unit: "percentunit",
      decimals: 0,
      width: 4,
      height: 8,
      limits: { colors: ["red", "green"], at: [0.9] },
      nothing: "no page",
      queries: [{ expr: "page:told_something:ratio30d" }],
    }),
    table({
      title: "Begun most often within a day",
      about: "An alert that comes and goes tells nobody anything: the runbook alert-quality.",
      width: 12,
      queries: [
        {
          expr: 'topk(15, sum by (alertname) (changes(ALERTS_FOR_STATE{alertname!="Watchdog"}[1d])) > 0)',
          legend: "begun",
        },
      ],
    }),
  ],
};

const metrics: Rows = {
  title: "Metrics",
  panels: [
    graph({
      title: "Series, by server",
      unit: "short",
      width: 8,
      queries: [{ expr: "max by (pod) (prometheus_tsdb_head_series)", legend: "{{pod}}" }],
    }),
    graph({
      title: "Samples a second",
      unit: "short",
      width: 8,
      queries: [
        {
          expr: `sum by (pod) (rate(prometheus_tsdb_head_samples_appended_total[${perPixel}]))`,
          legend: "{{pod}}",
        },
      ],
    }),
    graph({
      title: "Size on disk",
      unit: "bytes",
      width: 8,
      queries: [{ expr: "max by (pod) (prometheus_tsdb_storage_blocks_bytes)", legend: "{{pod}}" }],
    }),
  ],
};

const logsAndTraces: Rows = {
  title: "Logs and traces",
  panels: [
    graph({
      title: "Lines of logs a second, and lines thrown away",
      unit: "short",
      width: 8,
      queries: [
        {
          expr: `sum(rate(loki_distributor_lines_received_total[${perPixel}]))`,
          legend: "received",
        },
        {
          expr: `sum by (reason) (rate(loki_discarded_samples_total[${perPixel}]))`,
          legend: "thrown away: {{reason}}",
        },
      ],
    }),
    graph({
      title: "Spans a second, and how full the queues are",
      unit: "short",
      width: 8,
      queries: [
        {
          expr: `sum(rate(otelcol_receiver_accepted_spans_total[${perPixel}]))`,
          legend: "accepted",
        },
        {
          expr: "max by (exporter) (otelcol_exporter_queue_size / (otelcol_exporter_queue_capacity > 0))",
          legend: "queue of {{exporter}}",
        },
      ],
    }),
    graph({
      title: "Store of traces: share of failures",
      unit: "percentunit",
      width: 8,
      queries: [
        {
          expr: `sum by (operation) (rate(jaeger_storage_requests_total{result="err"}[${perPixel}])) / sum by (operation) (rate(jaeger_storage_requests_total[${perPixel}]))`,
          legend: "{{operation}}",
        },
      ],
    }),
  ],
};
