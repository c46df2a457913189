import { prometheusAddress } from "../../../components/shared/prometheus-address";
import type { KubernetesApi, KubernetesObject } from "../kubernetes-api";
import { waitFor } from "../processes";
import { waitIn, type World } from "./world";

interface Trigger {
  readonly type: string;
  readonly metricType?: string;
  readonly metadata: Readonly<Record<string, string>>;
}

interface ScalingRules {
  readonly stabilizationWindowSeconds?: number;
  readonly policies?: readonly { readonly periodSeconds: number }[];
}

type Tell = (change: string) => void;

export interface ScaledObject extends KubernetesObject {
  readonly spec: {
    readonly scaleTargetRef: { readonly kind?: string; readonly name: string };
    readonly minReplicaCount?: number;
    readonly maxReplicaCount?: number;
    readonly pollingInterval?: number;
    readonly cooldownPeriod?: number;
    readonly triggers: readonly Trigger[];
    readonly fallback?: { readonly failureThreshold: number; readonly replicas: number };
    readonly advanced?: {
      readonly horizontalPodAutoscalerConfig?: {
        readonly behavior?: { readonly scaleDown?: ScalingRules; readonly scaleUp?: ScalingRules };
      };
    };
  };
}

export function isScaledObject(object: KubernetesObject): object is ScaledObject {
  return object.kind === "ScaledObject";
}

export interface Compression {
  /** Longest look back before fewer pods are wanted, and longest period of a policy. */
  readonly scaleDownSeconds: number;
  /** The same before more pods are wanted. Default: as planned. */
  readonly scaleUpSeconds?: number;
  /** Longest time between two looks at a metric. Default: as planned. */
  readonly pollingSeconds?: number;
  /** Longest time from the last sign of work until the last pod goes. Default: as planned. */
  readonly cooldownSeconds?: number;
}

export interface Adapted {
  readonly objects: readonly KubernetesObject[];
  /** What is not as planned, a line each. */
  readonly changes: readonly string[];
}

/**
 * The planned objects, with less patience where waiting shows nothing, and without what depends on the hour in which
 * the drill happens to run.
 */
export function adaptScaling(
  objects: readonly KubernetesObject[],
  compression: Compression,
): Adapted {
  const changes = new Set<string>();
  const kept = objects.filter((object) => !isSchedule(object));
  if (kept.length < objects.length) changes.add(withoutHours);
  const adapted = kept.map((object) =>
    isScaledObject(object) ? adapt(object, compression, (change) => changes.add(change)) : object,
  );
  if (!objects.some(isScaledObject))
    throw new Error("the plan has no ScaledObject: nothing scales");
  return { objects: adapted, changes: [...changes] };
}

const withoutHours = "time-of-day floors are left out: the drill runs at any hour";

/** True if nothing but the hour decides. */
export function isSchedule(object: KubernetesObject): object is ScaledObject {
  return isScaledObject(object) && object.spec.triggers.every(({ type }) => type === "cron");
}

function adapt(object: ScaledObject, compression: Compression, tell: Tell): ScaledObject {
  const { spec } = object;
  const { scaleUpSeconds = Infinity, scaleDownSeconds } = compression;
  const { pollingSeconds = Infinity, cooldownSeconds = Infinity } = compression;
  const config = spec.advanced?.horizontalPodAutoscalerConfig;
  const { scaleDown = {}, scaleUp } = config?.behavior ?? {};
  const behavior = {
    ...(scaleUp && { scaleUp: hurry(scaleUp, { way: "more", most: scaleUpSeconds, tell }) }),
    // Without a word the autoscaler looks back so long.
    scaleDown: hurry(
      { stabilizationWindowSeconds: 300, ...scaleDown },
      { way: "fewer", most: scaleDownSeconds, tell },
    ),
  };
  const triggers = spec.triggers.filter(({ type }) => type !== "cron").map(withoutBroker);
  if (triggers.length < spec.triggers.length) tell(withoutHours);
  if (spec.triggers.some(({ type }) => type === "rabbitmq"))
    tell("queues are asked of the stand-in for Prometheus: no broker runs");
  const { pollingInterval = 30, cooldownPeriod = 300 } = spec;
  return {
    ...object,
    spec: {
      ...spec,
      triggers,
      pollingInterval: shorten(tell, "KEDA looks every", [pollingInterval, pollingSeconds]),
      cooldownPeriod: shorten(tell, "KEDA waits before the last pod goes:", [
        cooldownPeriod,
        cooldownSeconds,
      ]),
      advanced: { ...spec.advanced, horizontalPodAutoscalerConfig: { ...config, behavior } },
    },
  };
}

interface Hurry {
  readonly way: "more" | "fewer";
  readonly most: number;
  readonly tell: Tell;
}

function hurry(rules: ScalingRules, { way, most, tell }: Hurry): ScalingRules {
  const { stabilizationWindowSeconds: window, policies } = rules;
  const lookBack = `pods look back before there are ${way}:`;
  const period = `period of a policy for ${way} pods:`;
  return {
    ...rules,
    ...(window !== undefined && {
      stabilizationWindowSeconds: shorten(tell, lookBack, [window, most]),
    }),
    ...(policies && {
      policies: policies.map((policy) => ({
        ...policy,
        periodSeconds: shorten(tell, period, [policy.periodSeconds, most]),
      })),
    }),
  };
}

function shorten(tell: Tell, what: string, [seconds, most]: readonly [number, number]): number {
  if (seconds > most) tell(`${what} ${most} s instead of ${seconds} s`);
  return Math.min(seconds, most);
}

function withoutBroker(trigger: Trigger): Trigger {
  if (trigger.type !== "rabbitmq") return trigger;
  const { queueName = "", value = "1" } = trigger.metadata;
  const query = `queued{queue="${queueName}"}`;
  return {
    ...{ type: "prometheus", metricType: "AverageValue" },
    metadata: { serverAddress: prometheusAddress, query, threshold: value },
  };
}

interface Autoscaler extends KubernetesObject {
  readonly status?: { readonly desiredReplicas?: number };
}

/** Waits until each planned ScaledObject has become an autoscaler that has looked once. */
export async function scaledServices(world: World): Promise<void> {
  const { api, planned } = world;
  const wanted = planned.objects.filter(isScaledObject).length;
  const kind = { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler" };
  await waitFor(waitIn(world, "the autoscalers of pods", 120), async () => {
    const found = await api.list<Autoscaler>(kind);
    const looked = found.filter(({ status }) => status?.desiredReplicas !== undefined);
    return looked.length >= wanted || undefined;
  });
}

interface Sized extends KubernetesObject {
  readonly spec: { readonly replicas?: number };
}

/** Where nobody scales, workloads that leave their size to the autoscaler get its floor. */
export async function holdFloors(
  api: KubernetesApi,
  objects: readonly KubernetesObject[],
): Promise<void> {
  for (const { metadata, spec } of objects.filter(isScaledObject)) {
    const target = objects.find(
      (object): object is Sized =>
        object.kind === (spec.scaleTargetRef.kind ?? "Deployment") &&
        object.metadata.namespace === metadata.namespace &&
        object.metadata.name === spec.scaleTargetRef.name,
    );
    if (target === undefined || target.spec.replicas !== undefined) continue;
    await api.patch(target, { spec: { replicas: spec.minReplicaCount ?? 0 } }, "scale");
  }
}
