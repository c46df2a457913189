import { type AlertCase, counter, steady, values } from "../case";

/** What has to work for any alert to arrive. */
export const telemetryCases: readonly AlertCase[] = [
  {
    alert: "Watchdog",
    series: {},
    firesAt: "0m",
    told: ["info", "platform"],
    labels: {},
    summary: "Always fires: whoever receives it from outside pages when it stays away",
  },
  {
    alert: "PagerDutyFailing",
    series: {
      'alertmanager_notifications_failed_total{integration="pagerduty",pod="alertmanager-0"}':
        counter([10, 0], [60, 1]),
    },
    silentAt: "15m",
    firesAt: "16m",
    told: ["critical", "platform"],
    labels: {},
    summary: "PagerDuty takes no pages: critical alerts are seen in the chat alone",
  },
  {
    alert: "NotificationsFailing",
    series: {
      'alertmanager_notifications_failed_total{integration="slack",pod="alertmanager-0"}': counter([
        100, 1,
      ]),
      'alertmanager_notifications_total{integration="slack",pod="alertmanager-0"}': counter([
        100, 4,
      ]),
    },
    silentAt: "10m",
    firesAt: "11m",
    told: ["warning", "platform"],
    labels: { integration: "slack" },
    summary: "25% of what goes out by slack does not arrive",
  },
  {
    alert: "AlertFlapping",
    series: {
      'ALERTS_FOR_STATE{alertname="ProbeSlow",severity="warning",team="platform"}': counter(
        [30, 60],
        [200, 0],
      ),
    },
    silentAt: "1h20m",
    firesAt: "1h21m",
    told: ["info", "platform"],
    labels: { alertname: "ProbeSlow" },
    summary: "ProbeSlow has begun 30 times within a day: it tells nobody anything any more",
  },
  {
    alert: "SeriesExplosion",
    series: { 'prometheus_tsdb_head_series{pod="prometheus-0"}': steady(3e6) },
    silentAt: "29m",
    firesAt: "30m",
    told: ["warning", "platform"],
    labels: { pod: "prometheus-0" },
    summary:
      "prometheus-0 holds or gains too many series (3M): a label has a value for every request",
  },
  {
    alert: "LogsSilent",
    series: { 'loki_distributor_lines_received_total{tenant="fake"}': counter([20, 100], [90, 0]) },
    silentAt: "49m",
    firesAt: "50m",
    told: ["critical", "platform"],
    labels: {},
    summary: "No line of log has come in for half an hour: nobody can look anything up",
  },
  {
    alert: "LogsDiscarded",
    series: {
      'loki_discarded_samples_total{tenant="fake",reason="rate_limited"}': counter(
        [10, 0],
        [90, 5],
      ),
    },
    silentAt: "25m",
    firesAt: "26m",
    told: ["warning", "platform"],
    labels: { reason: "rate_limited" },
    summary: "Lines of log are thrown away: rate_limited",
  },
  {
    alert: "SpansRefused",
    series: {
      'otelcol_receiver_refused_spans_total{receiver="otlp",transport="grpc"}': counter(
        [10, 0],
        [90, 5],
      ),
    },
    silentAt: "20m",
    firesAt: "21m",
    told: ["warning", "platform"],
    labels: { receiver: "otlp" },
    summary: "The collectors turn spans away at otlp: they are out of memory",
  },
  {
    alert: "SpansLost",
    series: {
      'otelcol_exporter_send_failed_spans_total{exporter="otlp/jaeger"}': counter([10, 0], [90, 5]),
    },
    silentAt: "20m",
    firesAt: "21m",
    told: ["warning", "platform"],
    labels: { exporter: "otlp/jaeger" },
    summary: "Spans are lost on their way out of otlp/jaeger",
  },
  {
    alert: "ExportQueueFull",
    series: {
      'otelcol_exporter_queue_size{exporter="otlp/jaeger",pod="a"}': values([10, 1], [90, 900]),
      'otelcol_exporter_queue_capacity{exporter="otlp/jaeger",pod="a"}': steady(1000),
    },
    silentAt: "14m",
    firesAt: "15m",
    told: ["warning", "platform"],
    labels: { exporter: "otlp/jaeger" },
    summary: "The queue of otlp/jaeger is 90% full: what does not fit is refused",
  },
  {
    alert: "TracesDroppedEarly",
    series: {
      'otelcol_processor_tail_sampling_sampling_trace_dropped_too_early_total{pod="gateway-1"}':
        counter([10, 0], [90, 5]),
    },
    silentAt: "20m",
    firesAt: "21m",
    told: ["warning", "platform"],
    labels: { pod: "gateway-1" },
    summary:
      "The gateway gateway-1 drops traces before it decides on them, errors too: more are under way than it keeps",
  },
  {
    alert: "TracesSilent",
    series: {
      'otelcol_receiver_accepted_spans_total{receiver="otlp"}': counter([20, 100], [90, 0]),
    },
    silentAt: "1h4m",
    firesAt: "1h5m",
    told: ["warning", "platform"],
    labels: {},
    summary: "No service has sent a span for half an hour and more",
  },
  {
    alert: "TraceStorageFailing",
    series: {
      'jaeger_storage_requests_total{operation="WriteSpan",result="ok"}': counter([90, 90]),
      'jaeger_storage_requests_total{operation="WriteSpan",result="err"}': counter([90, 10]),
    },
    silentAt: "10m",
    firesAt: "11m",
    told: ["warning", "platform"],
    labels: { operation: "WriteSpan" },
    summary: "10% of WriteSpan fail in the store of traces",
  },
  {
    alert: "DashboardsDown",
    series: { 'up{namespace="monitoring",container="grafana"}': values([10, 1], [60, 0]) },
    silentAt: "19m",
    firesAt: "20m",
    told: ["warning", "platform"],
    labels: {},
    summary: "Grafana does not answer: no dashboard can be seen",
  },
];

const unusual = { anomaly: "relaycore-requests", service: "relaycore" };
const title = "The number of requests of relaycore a second";
const labelsOf = `anomaly="${unusual.anomaly}",title="${title}",service="relaycore"`;

/** Of what is compared with itself; whole weeks of it: week.ts. */
export const anomalyCases: readonly AlertCase[] = [
  {
    alert: "AnomalyDetected",
    series: { [`anomaly:value{${labelsOf},direction="both"}`]: values([1500, 10], [200, 40]) },
    silentAt: "25h15m",
    firesAt: "25h16m",
    told: ["info", "platform"],
    labels: { ...unusual, title, direction: "both" },
    summary:
      "The number of requests of relaycore a second is 40, unlike yesterday and a week ago at this time",
  },
  {
    alert: "AnomalyWithBurn",
    series: {
      [`ALERTS{alertname="AnomalyDetected",alertstate="firing",${labelsOf}}`]: steady(1),
      'ALERTS{alertname="SloBurnSlow",alertstate="firing",service="relaycore",slo="latency"}':
        values([10, 0], [60, 1]),
    },
    silentAt: "14m",
    firesAt: "15m",
    told: ["warning", "platform"],
    labels: { ...unusual, title },
    summary:
      "The number of requests of relaycore a second is unusual while relaycore uses up its error budget: one may explain the other",
  },
];
