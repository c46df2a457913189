import type { ServiceRecord } from "../../shared/service-record";
import type { AlertRule, RuleGroup } from "../rule";
import { countedOnly, serviceSelector } from "../slo/objective";
import type { AlertContext } from "./context";

/** Requests a second below which a percentile says nothing: a tenth of one is thirty in five minutes. */
const fewestPerSecond = 0.1;

/** Whether each service is there, answers in time, and can be seen: by its own names and labels. */
export function serviceAlerts(context: AlertContext): RuleGroup {
  const running = context.records.filter(({ tier }) => tier !== "batch");
  return {
    name: "services",
    rules: running.flatMap((record) => [
      downAlert(record),
      ...floorAlerts(record, context),
      ...scrapeAlerts(record),
      ...latencyAlerts(record),
    ]),
  };
}

function owned(record: ServiceRecord) {
  return { team: record.team, labels: { namespace: record.product, service: record.name } };
}

/** Pods that take traffic. A Rollout is no Deployment: its controller counts them. */
export function availablePods(record: ServiceRecord): string {
  return record.rollout === "blue-green"
    ? `max(rollout_info_replicas_available{name="${record.name}"})`
    : `max(kube_deployment_status_replicas_available{namespace="${record.product}",deployment="${record.name}"})`;
}

function downAlert(record: ServiceRecord): AlertRule {
  return {
    ...owned(record),
    name: "ServiceDown",
    expression: `${availablePods(record)} == 0`,
    for: record.tier === "critical" ? "1m" : "3m",
    severity: "critical",
    summary: `${record.name} has no pod that answers: ${record.description.split(/[:;]/)[0] ?? ""}`,
    runbook: "service-down",
  };
}

/** Fewer than the floor: the next failure may be the one too many. */
function floorAlerts(record: ServiceRecord, { replicaFloor }: AlertContext): AlertRule[] {
  const floor = replicaFloor(record);
  if (floor < 2) return [];
  return [
    {
      ...owned(record),
      name: "ServiceBelowFloor",
      expression: `${availablePods(record)} < ${floor}`,
      for: "15m",
      severity: "warning",
      summary: `${record.name} has had {{ $value }} of at least ${floor} pods for a quarter of an hour`,
      runbook: "service-down",
    },
  ];
}

function scrapeAlerts(record: ServiceRecord): AlertRule[] {
  if (record.metricsPath === undefined) return [];
  const up = `up{${serviceSelector(record)}}`;
  return [
    {
      ...owned(record),
      name: "ServiceNotScraped",
      expression: `sum(${up}) == 0 or absent(${up})`,
      for: "10m",
      severity: record.tier === "critical" ? "critical" : "warning",
      summary: `No pod of ${record.name} gives its metrics: nothing that rests on them can warn`,
      runbook: "service-not-scraped",
    },
  ];
}

/** The p95 that the improvement plan asks to be told of after five minutes. */
function latencyAlerts(record: ServiceRecord): AlertRule[] {
  const { slo } = record;
  if (slo?.latency === undefined) return [];
  const { targetPercent, thresholdSeconds } = slo.latency;
  const selector = [serviceSelector(record), ...countedOnly(record)].join(",");
  const { duration } = slo.metrics;
  return [
    {
      ...owned(record),
      name: "ApiLatencyHigh",
      expression:
        `histogram_quantile(${targetPercent / 100}, sum by (le) (rate(${duration}_bucket{${selector}}[5m]))) > ${thresholdSeconds}` +
        ` and on () sum(rate(${duration}_count{${selector}}[5m])) > ${fewestPerSecond}`,
      for: "5m",
      severity: "critical",
      summary: `${targetPercent} % of the answers of ${record.name} take up to {{ $value | humanizeDuration }}, more than ${thresholdSeconds} s`,
      runbook: "latency",
    },
  ];
}
