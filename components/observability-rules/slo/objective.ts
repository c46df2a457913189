import type { FurtherObjective, ServiceRecord } from "../../shared/service-record";

/** A promise of one service, or of the platform, as two counts: of all events, and of the bad ones. */
export interface Objective {
  /** Of the service, or of the part of the platform. */
  readonly service: string;
  readonly namespace: string;
  readonly team: string;
  readonly name: string;
  /** What is promised, as people would say it. */
  readonly title: string;
  readonly targetPercent: number;
  readonly windowDays: number;
  /** Whether its loss wakes somebody; else it becomes a ticket. */
  readonly pages: boolean;
  /** Events a second over a window, as one series without labels. */
  readonly bad: (window: string) => string;
  readonly total: (window: string) => string;
}

/** Everything that the services of a catalogue promise. */
export function objectivesOf(records: readonly ServiceRecord[]): Objective[] {
  return records.flatMap(recordObjectives);
}

/** What a scrape of a service's pods is labelled with, whoever looks for them. */
export function serviceSelector({ product, name }: Pick<ServiceRecord, "product" | "name">) {
  return `namespace="${product}",container="${name}"`;
}

function recordObjectives(record: ServiceRecord): Objective[] {
  const { slo } = record;
  if (slo === undefined) return [];
  const { metrics, windowDays, latency, further = [] } = slo;
  const common = {
    service: record.name,
    namespace: record.product,
    team: record.team,
    windowDays,
    pages: true,
  };
  const selector = [serviceSelector(record), ...countedOnly(record)].join(",");
  return [
    {
      ...common,
      name: "availability",
      title: "requests that are answered without an error of the server",
      targetPercent: slo.availabilityPercent,
      ...counted(metrics.requests, selector, `${metrics.statusLabel}=~"5.."`),
    },
    ...(latency === undefined
      ? []
      : [
          {
            ...common,
            name: "latency",
            title: `requests that are answered within ${latency.thresholdSeconds} s`,
            targetPercent: latency.targetPercent,
            ...measured(metrics.duration, selector, latency.thresholdSeconds),
          },
        ]),
    ...further.map((objective) => ({
      ...common,
      name: objective.name,
      title: objective.title,
      targetPercent: objective.targetPercent,
      pages: objective.pages,
      ...eventsOf(objective, serviceSelector(record)),
    })),
  ];
}

/**
 * Matchers that leave out what nobody waits for. Prometheus gives labels of its own to what it scrapes, `endpoint` among
 * them, and renames the service's: whichever of the two the service's is, it is looked at.
 */
export function countedOnly({ slo }: ServiceRecord): string[] {
  if (slo?.uncounted === undefined) return [];
  const { label, values } = slo.uncounted;
  const pattern = values.map(escapePattern).join("|");
  const labels = scrapeLabels.has(label) ? [label, `exported_${label}`] : [label];
  return labels.map((name) => `${name}!~"${pattern}"`);
}

/** @see https://prometheus-operator.dev/docs/developer/getting-started/ and the operator's relabelling of targets. */
const scrapeLabels = new Set([
  ...["container", "endpoint", "instance", "job", "namespace", "pod", "service"],
]);

type Events = Pick<Objective, "bad" | "total">;

/** @param bad The matcher of the bad events. */
export function counted(metric: string, selector: string, bad: string): Events {
  return {
    bad: (window) => `sum(rate(${metric}{${selector},${bad}}[${window}]))`,
    total: (window) => `sum(rate(${metric}{${selector}}[${window}]))`,
  };
}

export function measured(metric: string, selector: string, thresholdSeconds: number): Events {
  const below = `${metric}_bucket{${selector},${boundMatcher(thresholdSeconds)}}`;
  const total = (window: string): string => `sum(rate(${metric}_count{${selector}}[${window}]))`;
  return { bad: (window) => `(${total(window)} - sum(rate(${below}[${window}])))`, total };
}

function eventsOf({ indicator }: FurtherObjective, selector: string): Events {
  return indicator.kind === "counted"
    ? counted(indicator.metric, selector, `${indicator.label}=~"${indicator.bad}"`)
    : measured(indicator.metric, selector, indicator.thresholdSeconds);
}

/** A whole number is "2" to one client library and to Prometheus 2, "2.0" to another and to Prometheus 3. */
function boundMatcher(bound: number): string {
  return Number.isInteger(bound) ? `le=~"${bound}|${bound}.0"` : `le="${bound}"`;
}

/** For a string of PromQL, in which a backslash stands before itself. */
function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\\\$&");
}
