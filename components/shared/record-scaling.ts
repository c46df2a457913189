import { cronProblem, isSameMoment, neverComes } from "./cron";
import { isBetween, repeated } from "./record-workload";
import { isTimeZone } from "./time-zone";
import type { ScalingSchedule, ScalingSignal, ServiceRecord, Tier } from "./service-record";

/** Fewest replicas by tier: a critical service outlives the loss of a zone, batch work may rest at none. */
export const fewestReplicas: Readonly<Record<Tier, number>> = {
  critical: 2,
  standard: 1,
  batch: 0,
};

/** More pods than this on one record is a slip of the keyboard. */
const mostReplicas = 1000;

export function scalingProblems(record: ServiceRecord): string[] {
  const { min, max, signals, schedule } = record.scaling;
  const problems: string[] = [];
  const fewest = fewestReplicas[record.tier];
  if (!isBetween(min, fewest, mostReplicas)) {
    problems.push(
      `scaling.min: got ${min}, need ${fewest} to ${mostReplicas} in tier ${record.tier}`,
    );
  }
  if (!isBetween(max, 1, mostReplicas) || max <= min) {
    problems.push(
      `scaling.max: got ${max}, need more than min (${min}) and at most ${mostReplicas}`,
    );
  }
  if (signals.length === 0) problems.push("scaling.signals: got none, need at least one");
  for (const kind of repeated(signals.map((signal) => signal.kind))) {
    problems.push(`scaling.signals: got ${kind} twice, need each kind once`);
  }
  if (min === 0 && signals.length > 0 && !signals.some(wakesFromZero)) {
    problems.push(
      "scaling.min: got 0 with signals that only running pods give, need queue-length or running-jobs, or 1",
    );
  }
  problems.push(...signals.flatMap((signal) => signalProblems(record, signal)));
  if (schedule !== undefined) problems.push(...scheduleProblems(record, schedule));
  if (record.tier === "critical" && record.nodeClass === "spot") {
    problems.push('nodeClass: got "spot" in tier critical, need nodes that are not taken away');
  }
  return problems;
}

function wakesFromZero(signal: ScalingSignal): boolean {
  return signal.kind === "queue-length" || signal.kind === "running-jobs";
}

function signalProblems(record: ServiceRecord, signal: ScalingSignal): string[] {
  const path = `scaling.signals.${signal.kind}`;
  switch (signal.kind) {
    case "cpu":
      return isBetween(signal.targetPercent, 1, 100)
        ? []
        : [`${path}.targetPercent: got ${signal.targetPercent}, need 1 to 100`];
    case "request-rate":
      return [
        ...(hasMetrics(record)
          ? []
          : [`${path}: got a service without port and metricsPath, need both`]),
        ...(record.slo === undefined
          ? [`${path}: got a service without slo, need slo.metrics, which names the requests`]
          : []),
        ...positive(`${path}.perReplicaPerSecond`, signal.perReplicaPerSecond),
      ];
    case "queue-length":
      return [
        ...(signal.queue === "" ? [`${path}.queue: got nothing, need the name of a queue`] : []),
        ...(record.talksTo.stores.includes("rabbitmq")
          ? []
          : [
              `${path}: got a service that does not talk to rabbitmq, need rabbitmq in talksTo.stores`,
            ]),
        ...(brokerUrlVariable(record) === undefined
          ? [
              `${path}: got a service without the broker's URL, need a secret of origin broker-user with a variable that ends in _URL`,
            ]
          : []),
        ...positive(`${path}.perReplica`, signal.perReplica),
      ];
    case "running-jobs":
      return isMetricName(signal.metric)
        ? []
        : [`${path}.metric: got "${signal.metric}", need the name of a Prometheus metric`];
  }
}

/** The variable of a service's secrets that holds the URL of the message broker, with user and password. */
export function brokerUrlVariable({ secrets }: Pick<ServiceRecord, "secrets">): string | undefined {
  return secrets
    .filter(({ origin }) => origin === "broker-user")
    .flatMap(({ variables }) => variables)
    .find((variable) => variable.endsWith("_URL"));
}

export function hasMetrics({ port, metricsPath }: ServiceRecord): boolean {
  return port !== undefined && metricsPath !== undefined;
}

/** @see https://prometheus.io/docs/concepts/data_model/ */
export function isMetricName(name: string): boolean {
  return /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name);
}

function positive(path: string, value: number): string[] {
  return Number.isFinite(value) && value > 0 ? [] : [`${path}: got ${value}, need more than 0`];
}

function scheduleProblems({ scaling }: ServiceRecord, schedule: ScalingSchedule): string[] {
  const problems: string[] = [];
  if (!isTimeZone(schedule.timeZone)) {
    problems.push(
      `scaling.schedule.timeZone: got "${schedule.timeZone}", need an IANA time zone such as "America/Los_Angeles"`,
    );
  }
  const malformed = (["start", "end"] as const).flatMap((end) => {
    const problem = cronProblem(schedule[end]);
    if (problem !== undefined) return [`scaling.schedule.${end}: ${problem}`];
    if (!neverComes(schedule[end])) return [];
    return [`scaling.schedule.${end}: got "${schedule[end]}", need a day that its months have`];
  });
  problems.push(...malformed);
  if (malformed.length === 0 && isSameMoment(schedule.start, schedule.end)) {
    problems.push(`scaling.schedule.end: got "${schedule.end}", need another time than start`);
  }
  if (!isBetween(schedule.replicas, scaling.min, scaling.max)) {
    problems.push(
      `scaling.schedule.replicas: got ${schedule.replicas}, need ${scaling.min} to ${scaling.max}, within min and max`,
    );
  }
  return problems;
}
