import { burnRate, burnThreshold, burnWindows, shortestObjectiveDays } from "./burn-rates";
import { isDnsLabel } from "./kubernetes-names";
import { hasMetrics, isMetricName } from "./record-scaling";
import { isBetween, repeated } from "./record-workload";
import type {
  ExposedMetric,
  FurtherObjective,
  ServiceLevelObjective,
  ServiceRecord,
} from "./service-record";

const longestObjectiveDays = 90;

/** What is wrong with what a service promises, and with the metrics that would have to show it. */
export function objectiveProblems(record: ServiceRecord): string[] {
  const { slo, tier, exposes = [] } = record;
  const problems = exposureOfMetricsProblems(record);
  if (slo === undefined) {
    if (tier === "critical") problems.push("slo: got none in tier critical, need an objective");
    return problems;
  }
  if (!hasMetrics(record))
    problems.push("slo: got a service without port and metricsPath, need both");
  if (!isBetween(slo.windowDays, shortestObjectiveDays, longestObjectiveDays))
    problems.push(
      `slo.windowDays: got ${slo.windowDays}, need ${shortestObjectiveDays} to ${longestObjectiveDays}`,
    );
  problems.push(
    ...targetProblems("slo.availabilityPercent", slo.availabilityPercent, {
      pages: true,
      windowDays: slo.windowDays,
    }),
    ...latencyProblems(slo, exposes),
    ...nameProblems(slo.metrics),
    ...requestProblems(slo, exposes),
    ...furtherProblems(slo, exposes),
  );
  return problems;
}

/** 0 and 100 are no objectives, and one that is too low lets everything fail before anybody is told. */
function targetProblems(
  path: string,
  targetPercent: number,
  { pages, windowDays }: { readonly pages: boolean; readonly windowDays: number },
): string[] {
  if (!(targetPercent > 0 && targetPercent < 100))
    return [`${path}: got ${targetPercent}, need more than 0 and less than 100`];
  const window = burnWindows.find(
    (candidate) =>
      (pages || candidate.alert === "ticket") &&
      burnThreshold(candidate, { targetPercent, windowDays }) >= 1,
  );
  if (window === undefined) return [];
  const rate = burnRate(window, windowDays);
  const least = (100 - 100 / rate).toFixed(2);
  return [
    `${path}: got ${targetPercent}, need more than ${least}; the alert at ${rate} times the even rate could never fire: not even all requests of ${window.long} would be enough`,
  ];
}

function latencyProblems(
  { latency, metrics, windowDays }: ServiceLevelObjective,
  exposes: readonly ExposedMetric[],
): string[] {
  if (latency === undefined) return [];
  const { thresholdSeconds, targetPercent } = latency;
  return [
    ...thresholdProblems("slo.latency.thresholdSeconds", thresholdSeconds, {
      name: metrics.duration,
      exposes,
    }),
    ...targetProblems("slo.latency.targetPercent", targetPercent, { pages: true, windowDays }),
  ];
}

interface Measured {
  readonly name: string;
  readonly exposes: readonly ExposedMetric[];
}

/** A histogram counts what is below its bounds; of anything between two of them it knows nothing. */
function thresholdProblems(path: string, seconds: number, { name, exposes }: Measured): string[] {
  if (!(seconds > 0 && Number.isFinite(seconds)))
    return [`${path}: got ${seconds}, need more than 0`];
  const { buckets } = exposes.find((metric) => metric.name === name) ?? {};
  if (buckets === undefined || buckets.includes(seconds)) return [];
  return [
    `${path}: got ${seconds}, which is no bucket of ${name}, need one of ${buckets.join(", ")}`,
  ];
}

function nameProblems(metrics: ServiceLevelObjective["metrics"]): string[] {
  return (["requests", "duration", "statusLabel"] as const).flatMap((key) => {
    const name = metrics[key];
    const isLabel = key === "statusLabel";
    if (isMetricName(name) && !(isLabel && name.includes(":"))) return [];
    return [
      `slo.metrics.${key}: got "${name}", need the name of a Prometheus ${isLabel ? "label" : "metric"}`,
    ];
  });
}

function requestProblems(
  { metrics, uncounted }: ServiceLevelObjective,
  exposes: readonly ExposedMetric[],
): string[] {
  const requests = { name: metrics.requests, exposes };
  const duration = { name: metrics.duration, exposes };
  return [
    ...exposedProblems("slo.metrics.requests", requests, "counter"),
    ...labelProblems("slo.metrics.statusLabel", metrics.statusLabel, requests),
    ...exposedProblems("slo.metrics.duration", duration, "histogram"),
    ...(uncounted === undefined
      ? []
      : [
          ...labelProblems("slo.uncounted.label", uncounted.label, requests),
          ...labelProblems("slo.uncounted.label", uncounted.label, duration),
          ...(uncounted.values.length === 0
            ? ["slo.uncounted.values: got none, need at least one"]
            : []),
        ]),
  ];
}

function exposedProblems(
  path: string,
  { name, exposes }: Measured,
  kind: ExposedMetric["kind"],
): string[] {
  if (!isMetricName(name)) return [];
  const metric = exposes.find((candidate) => candidate.name === name);
  if (metric === undefined)
    return [`${path}: got ${name}, which is not in exposes, need a metric that the service gives`];
  return metric.kind === kind ? [] : [`${path}: got ${name}, a ${metric.kind}, need a ${kind}`];
}

function labelProblems(path: string, label: string, { name, exposes }: Measured): string[] {
  const metric = exposes.find((candidate) => candidate.name === name);
  if (metric === undefined || metric.labels.includes(label) || !isMetricName(label)) return [];
  return [
    `${path}: got "${label}", need a label of ${name}: ${metric.labels.join(", ") || "it has none"}`,
  ];
}

function furtherProblems(
  { further = [], windowDays }: ServiceLevelObjective,
  exposes: readonly ExposedMetric[],
): string[] {
  const names = ["availability", "latency", ...further.map(({ name }) => name)];
  return [
    ...repeated(names).map((name) => `slo.further: got "${name}" twice, need each name once`),
    ...further.flatMap((objective) => oneProblems(objective, windowDays, exposes)),
  ];
}

function oneProblems(
  { name, title, targetPercent, pages, indicator }: FurtherObjective,
  windowDays: number,
  exposes: readonly ExposedMetric[],
): string[] {
  const path = `slo.further.${name}`;
  const measured = { name: indicator.metric, exposes };
  return [
    ...(isDnsLabel(name) ? [] : [`slo.further: got the name "${name}", need a DNS label`]),
    ...(title.trim() === "" ? [`${path}.title: got nothing, need what is promised`] : []),
    ...targetProblems(`${path}.targetPercent`, targetPercent, { pages, windowDays }),
    ...(indicator.kind === "counted"
      ? [
          ...exposedProblems(`${path}.metric`, measured, "counter"),
          ...labelProblems(`${path}.label`, indicator.label, measured),
        ]
      : [
          ...exposedProblems(`${path}.metric`, measured, "histogram"),
          ...thresholdProblems(`${path}.thresholdSeconds`, indicator.thresholdSeconds, measured),
        ]),
  ];
}

function exposureOfMetricsProblems({ exposes = [], metricsPath }: ServiceRecord): string[] {
  const problems = repeated(exposes.map(({ name }) => name)).map(
    (name) => `exposes: got ${name} twice, need each metric once`,
  );
  if (exposes.length > 0 && metricsPath === undefined)
    problems.push("exposes: got metrics without metricsPath, need the path that gives them");
  for (const { name, kind, labels, buckets } of exposes) {
    if (!isMetricName(name))
      problems.push(`exposes: got "${name}", need the name of a Prometheus metric`);
    for (const label of labels)
      if (!isMetricName(label) || label.includes(":"))
        problems.push(
          `exposes.${name}.labels: got "${label}", need the name of a Prometheus label`,
        );
    if ((kind === "histogram") !== (buckets !== undefined && buckets.length > 0))
      problems.push(
        `exposes.${name}.buckets: got ${buckets?.length ?? "none"} of a ${kind}, need bounds for a histogram alone`,
      );
    if (buckets?.some((bound, index) => !(bound > (buckets[index - 1] ?? -Infinity))) === true)
      problems.push(`exposes.${name}.buckets: got ${buckets.join(", ")}, need rising numbers`);
  }
  return problems;
}
