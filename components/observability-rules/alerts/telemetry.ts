import type { RuleGroup } from "../rule";
import { platformTeam } from "./context";

/** What has to work for any other alert to arrive. */
export const pagingAlerts: RuleGroup = {
  name: "paging",
  rules: [
    {
      name: "Watchdog",
      expression: "vector(1)",
      severity: "info",
      team: platformTeam,
      summary: "Always fires: whoever receives it from outside pages when it stays away",
      immediate: "it has to fire from the first moment on",
      runbook: "dead-mans-switch",
    },
    {
      name: "PagerDutyFailing",
      expression:
        'sum(rate(alertmanager_notifications_failed_total{integration="pagerduty"}[5m])) > 0',
      for: "5m",
      severity: "critical",
      team: platformTeam,
      summary: "PagerDuty takes no pages: critical alerts are seen in the chat alone",
      runbook: "dead-mans-switch",
    },
    {
      name: "NotificationsFailing",
      expression:
        'sum by (integration) (rate(alertmanager_notifications_failed_total{integration!="pagerduty"}[5m])) / sum by (integration) (rate(alertmanager_notifications_total{integration!="pagerduty"}[5m])) > 0.1',
      for: "10m",
      severity: "warning",
      team: platformTeam,
      summary:
        "{{ $value | humanizePercentage }} of what goes out by {{ $labels.integration }} does not arrive",
      runbook: "dead-mans-switch",
    },
    {
      name: "AlertFlapping",
      expression:
        'sum by (alertname) (changes(ALERTS_FOR_STATE{alertname!~"Watchdog|AlertFlapping"}[1d])) > 20',
      for: "1h",
      severity: "info",
      team: platformTeam,
      summary:
        "{{ $labels.alertname }} has begun {{ $value }} times within a day: it tells nobody anything any more",
      runbook: "alert-quality",
    },
  ],
};

/** Metrics, logs and traces themselves. */
export const telemetryAlerts: RuleGroup = {
  name: "telemetry",
  rules: [
    {
      name: "SeriesExplosion",
      expression:
        "prometheus_tsdb_head_series > 2e6 or deriv(prometheus_tsdb_head_series[1h]) * 3600 > 3e5",
      for: "30m",
      severity: "warning",
      team: platformTeam,
      summary:
        "{{ $labels.pod }} holds or gains too many series ({{ $value | humanize }}): a label has a value for every request",
      runbook: "metrics",
    },
    {
      name: "LogsSilent",
      expression:
        "sum(rate(loki_distributor_lines_received_total[15m])) == 0 or absent(loki_distributor_lines_received_total)",
      for: "15m",
      severity: "critical",
      team: platformTeam,
      summary: "No line of log has come in for half an hour: nobody can look anything up",
      runbook: "logs",
    },
    {
      name: "LogsDiscarded",
      expression: "sum by (reason) (rate(loki_discarded_samples_total[5m])) > 0",
      for: "15m",
      severity: "warning",
      team: platformTeam,
      summary: "Lines of log are thrown away: {{ $labels.reason }}",
      runbook: "logs",
    },
    {
      name: "SpansRefused",
      expression: "sum by (receiver) (rate(otelcol_receiver_refused_spans_total[5m])) > 0",
      for: "10m",
      severity: "warning",
      team: platformTeam,
      summary: "The collectors turn spans away at {{ $labels.receiver }}: they are out of memory",
      runbook: "traces",
    },
    {
      name: "SpansLost",
      expression: "sum by (exporter) (rate(otelcol_exporter_send_failed_spans_total[5m])) > 0",
      for: "10m",
      severity: "warning",
      team: platformTeam,
      summary: "Spans are lost on their way out of {{ $labels.exporter }}",
      runbook: "traces",
    },
    {
      name: "ExportQueueFull",
      expression:
        "max by (exporter) (otelcol_exporter_queue_size / (otelcol_exporter_queue_capacity > 0)) > 0.8",
      for: "5m",
      severity: "warning",
      team: platformTeam,
      summary:
        "The queue of {{ $labels.exporter }} is {{ $value | humanizePercentage }} full: what does not fit is refused",
      runbook: "traces",
    },
    {
      name: "TracesDroppedEarly",
      expression:
        "sum by (pod) (rate(otelcol_processor_tail_sampling_sampling_trace_dropped_too_early_total[5m])) > 0",
      for: "10m",
      severity: "warning",
      team: platformTeam,
      summary:
        "The gateway {{ $labels.pod }} drops traces before it decides on them, errors too: more are under way than it keeps",
      runbook: "traces",
    },
    {
      name: "TracesSilent",
      expression:
        "sum(rate(otelcol_receiver_accepted_spans_total[15m])) == 0 or absent(otelcol_receiver_accepted_spans_total)",
      for: "30m",
      severity: "warning",
      team: platformTeam,
      summary: "No service has sent a span for half an hour and more",
      runbook: "traces",
    },
    {
      name: "TraceStorageFailing",
      expression:
        'sum by (operation) (rate(jaeger_storage_requests_total{result="err"}[5m])) / (sum by (operation) (rate(jaeger_storage_requests_total[5m])) > 0) > 0.01',
      for: "10m",
      severity: "warning",
      team: platformTeam,
      summary:
        "{{ $value | humanizePercentage }} of {{ $labels.operation }} fail in the store of traces",
      runbook: "traces",
    },
    {
      name: "DashboardsDown",
      expression: 'absent(up{container="grafana"} == 1)',
      for: "10m",
      severity: "warning",
      team: platformTeam,
      summary: "Grafana does not answer: no dashboard can be seen",
      runbook: "dashboards",
    },
  ],
};
