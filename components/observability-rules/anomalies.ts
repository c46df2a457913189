import type { ServiceRecord } from "../shared/service-record";
import { platformTeam } from "./alerts/context";
import { cloudWatch } from "./cloudwatch";
import type { RecordingRule, RuleGroup } from "./rule";
import { countedOnly, serviceSelector } from "./slo/objective";

/** A series that is compared with itself, a day and a week ago. */
export interface WatchedSeries {
  /** A DNS label. */
  readonly name: string;
  /** What people would call it. */
  readonly title: string;
  readonly service: string;
  readonly team: string;
  /** One series without labels; absent while there is too little traffic to say anything. */
  readonly expression: string;
  /** "up" where less is only good. */
  readonly direction: "both" | "up";
  /** Below this, now and then, nothing is anomalous. */
  readonly least: number;
}

/** Fewer requests a second make no ratio and no percentile. */
const fewestPerSecond = 0.2;
/** A band is three deviations wide to each side, and at least this share of what is usual. */
const narrowestBand = 0.4;
const deviations = 3;

/** An hour around the same time: a day and a week before, as Prometheus writes durations. */
const lookbacks = { day: "23h30m", week: "167h30m" } as const;

/** @see https://github.com/grafana/promql-anomaly-detection for the idea of bands; these are smaller, and compare whole days. */
export function anomalyGroups(watched: readonly WatchedSeries[]): RuleGroup[] {
  return [
    { name: "anomaly-series", interval: "1m", rules: watched.flatMap(seriesRecords) },
    { name: "anomaly-bands", interval: "1m", rules: bandRecords },
    {
      name: "anomalies",
      interval: "1m",
      rules: [
        {
          name: "AnomalyDetected",
          expression: `(anomaly:level > anomaly:upper or anomaly:level{direction="both"} < anomaly:lower) and anomaly:busiest > anomaly:least`,
          for: "15m",
          severity: "info",
          team: platformTeam,
          summary:
            "{{ $labels.title }} is {{ $value | humanize }}, unlike yesterday and a week ago at this time",
          runbook: "anomaly",
        },
        {
          name: "AnomalyWithBurn",
          expression:
            'max by (anomaly, title, service) (ALERTS{alertname="AnomalyDetected",alertstate="firing"}) and on (service) (ALERTS{alertname="SloBurnSlow",alertstate="firing"} == 1)',
          for: "5m",
          severity: "warning",
          team: platformTeam,
          summary:
            "{{ $labels.title }} is unusual while {{ $labels.service }} uses up its error budget: one may explain the other",
          runbook: "anomaly",
        },
      ],
    },
  ];
}

function seriesRecords(watched: WatchedSeries): RecordingRule[] {
  const { name, title, service, direction, expression, least } = watched;
  const labels = { anomaly: name, title, service, direction };
  return [
    { record: "anomaly:value", expression, labels },
    { record: "anomaly:least", expression: `vector(${least})`, labels },
  ];
}

const bandRecords: RecordingRule[] = [
  { record: "anomaly:level", expression: "avg_over_time(anomaly:value[10m])" },
  ...Object.entries(lookbacks).flatMap(([lookback, offset]) => [
    {
      record: "anomaly:mean",
      expression: `avg_over_time(anomaly:value[1h] offset ${offset})`,
      labels: { lookback },
    },
    {
      record: "anomaly:deviation",
      expression: `stddev_over_time(anomaly:value[1h] offset ${offset})`,
      labels: { lookback },
    },
  ]),
  {
    record: "anomaly:half_width",
    expression: `(${deviations} * anomaly:deviation >= ${narrowestBand} * anomaly:mean) or ${narrowestBand} * anomaly:mean`,
  },
  // Of both days the wider one: a Monday is no anomaly after a Sunday, nor a day after one with an incident.
  {
    record: "anomaly:upper",
    expression: "max without (lookback) (anomaly:mean + anomaly:half_width)",
  },
  {
    record: "anomaly:lower",
    expression: "min without (lookback) (anomaly:mean - anomaly:half_width)",
  },
  {
    record: "anomaly:busiest",
    expression: "max without (lookback) (anomaly:mean or anomaly:level)",
  },
];

/** What is watched of each service with an objective, and of the platform. */
export function watchedSeries(records: readonly ServiceRecord[]): WatchedSeries[] {
  return [...records.flatMap(watchedOf), ...platformSeries];
}

function watchedOf(record: ServiceRecord): WatchedSeries[] {
  const { slo, name: service, team } = record;
  if (slo === undefined) return [];
  const { requests, statusLabel, duration } = slo.metrics;
  const selector = [serviceSelector(record), ...countedOnly(record)].join(",");
  const rate = (more = ""): string => `sum(rate(${requests}{${selector}${more}}[5m]))`;
  const owned = { service, team };
  return [
    {
      ...owned,
      name: `${service}-requests`,
      title: `The number of requests of ${service} a second`,
      expression: rate(),
      direction: "both",
      least: 1,
    },
    {
      ...owned,
      name: `${service}-errors`,
      title: `The share of errors of ${service}`,
      expression: `(${rate(`,${statusLabel}=~"5.."`)} or ${rate()} * 0) / (${rate()} > ${fewestPerSecond})`,
      direction: "up",
      least: 0.01,
    },
    {
      ...owned,
      name: `${service}-latency`,
      title: `The time in seconds that 95 % of the answers of ${service} take`,
      expression: `histogram_quantile(0.95, sum by (le) (rate(${duration}_bucket{${selector}}[5m]))) and on () ${rate()} > ${fewestPerSecond}`,
      direction: "up",
      least: 0.1,
    },
    ...spendOf(record),
  ];
}

function spendOf(record: ServiceRecord): WatchedSeries[] {
  if (!(record.exposes?.some(({ name }) => name === "ai_request_cost_total") ?? false)) return [];
  return [
    {
      name: `${record.name}-ai-cost`,
      title: `What ${record.name} pays for language models, in USD an hour,`,
      service: record.name,
      team: record.team,
      expression: `sum(rate(ai_request_cost_total{${serviceSelector(record)}}[15m])) * 3600`,
      direction: "up",
      least: 2,
    },
  ];
}

const platformSeries: WatchedSeries[] = [
  {
    name: "log-volume",
    title: "The volume of logs in bytes a second",
    service: "platform",
    team: platformTeam,
    expression: "sum(rate(loki_distributor_bytes_received_total[5m]))",
    direction: "both",
    least: 10_000,
  },
  {
    name: "nat-bytes",
    title: "The bytes that leave for the internet in five minutes",
    service: "platform",
    team: platformTeam,
    expression: `sum(${cloudWatch("AWS/NATGateway", "BytesOutToDestination")})`,
    direction: "up",
    least: 1e8,
  },
];
