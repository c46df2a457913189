import type { ScalingSchedule, ScalingSignal, ServiceRecord } from "../shared/service-record";
import type { ServiceScalingSpec } from "./args";

/** A trigger of a ScaledObject: KEDA takes every value of the metadata as text. */
export interface Trigger {
  readonly type: "cpu" | "prometheus" | "rabbitmq" | "cron";
  readonly metricType: "Utilization" | "AverageValue";
  readonly metadata: Readonly<Record<string, string>>;
  readonly authenticationRef?: { readonly name: string };
}

/** Four scrapes at the usual 30 seconds: a rate needs two of them, and outlives a missed one. */
const rateWindow = "2m";

/** Name of the object with which KEDA signs in at the broker. */
export function brokerAuthenticationName({ name }: ServiceRecord): string {
  return `${name}-broker`;
}

export function triggersOf(spec: ServiceScalingSpec): Trigger[] {
  const { record, schedule } = spec;
  const triggers = record.scaling.signals.map((signal) => triggerOf(signal, spec));
  const hours = schedule === "declared" ? record.scaling.schedule : undefined;
  const clock = hours === undefined ? [] : [cronTrigger(hours)];
  const { workingHours, minimumReplicas } = spec;
  if (workingHours !== undefined && restsAtNight(spec))
    clock.push(cronTrigger({ ...workingHours, replicas: minimumReplicas }));
  return [...triggers, ...clock];
}

/** Whether it has pods by day and none at night. What rests at none by day too is started by its work alone. */
export function restsAtNight({ workingHours, minimumReplicas }: ServiceScalingSpec): boolean {
  return workingHours !== undefined && minimumReplicas > 0;
}

/** True for what somebody outside the cluster's own metrics must answer, and may not. */
export function isExternal({ type }: Trigger): boolean {
  return type === "prometheus" || type === "rabbitmq";
}

function triggerOf(signal: ScalingSignal, spec: ServiceScalingSpec): Trigger {
  const { record } = spec;
  switch (signal.kind) {
    case "cpu":
      // Of what the pods ask for, which metrics-server knows.
      return {
        type: "cpu",
        metricType: "Utilization",
        metadata: { value: String(signal.targetPercent) },
      };
    case "request-rate":
      return prometheusTrigger(spec, requestRateQuery(record), signal.perReplicaPerSecond);
    case "running-jobs":
      // Each pod of the API counts its own; a training pod takes one job.
      return prometheusTrigger(spec, `sum(${signal.metric}{namespace="${record.product}"})`, 1);
    case "queue-length":
      return {
        type: "rabbitmq",
        metricType: "AverageValue",
        metadata: {
          // The management interface, which http would be, is another port and another right.
          protocol: "amqp",
          queueName: signal.queue,
          mode: "QueueLength",
          value: String(signal.perReplica),
        },
        authenticationRef: { name: brokerAuthenticationName(record) },
      };
  }
}

function requestRateQuery({ name, product, slo }: ServiceRecord): string {
  // The record check refuses a request rate without them.
  const requests = slo?.metrics.requests ?? "";
  return `sum(rate(${requests}{namespace="${product}",container="${name}"}[${rateWindow}]))`;
}

function prometheusTrigger(spec: ServiceScalingSpec, query: string, threshold: number): Trigger {
  const rests = restsAtNight(spec);
  return {
    type: "prometheus",
    metricType: "AverageValue",
    metadata: {
      serverAddress: spec.prometheusAddress,
      query,
      threshold: String(threshold),
      // Probes and scrapes are requests too: they keep nobody awake.
      ...(rests && { activationThreshold: String(threshold) }),
      // No series is no answer, not an answer of zero: a service that is not scraped keeps its pods. One that rests has no
      // series at night, and one without an answer would not be put to rest: KEDA leaves alone what a trigger fails for.
      ignoreNullValues: String(rests),
    },
  };
}

/** Outside of its hours it asks for none, and the autoscaler keeps the floor: it can only raise. */
function cronTrigger({ timeZone, start, end, replicas }: ScalingSchedule): Trigger {
  return {
    type: "cron",
    metricType: "AverageValue",
    metadata: { timezone: timeZone, start, end, desiredReplicas: String(replicas) },
  };
}
