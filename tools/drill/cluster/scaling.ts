import { prometheusAddress } from "../../../components/shared/prometheus-address";
import type { KubernetesApi, KubernetesObject } from "../kubernetes-api";

interface Trigger {
  readonly type: string;
  readonly metricType?: string;
  readonly metadata: Readonly<Record<string, string>>;
}

interface ScaleDown {
  readonly stabilizationWindowSeconds?: number;
  readonly policies?: readonly { readonly periodSeconds: number }[];
}

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
        readonly behavior?: { readonly scaleDown?: ScaleDown; readonly scaleUp?: ScaleDown };
      };
    };
  };
}

function isScaledObject(object: KubernetesObject): object is ScaledObject {
  return object.kind === "ScaledObject";
}

export interface Compression {
  /** Longest look back before fewer pods are wanted, and longest period of a policy. */
  readonly scaleDownSeconds: number;
  /** Longest time between two looks at a metric. Default: as planned. */
  readonly pollingSeconds?: number;
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
  const adapted = objects.map((object) =>
    isScaledObject(object) ? adapt(object, compression, (change) => changes.add(change)) : object,
  );
  if (!objects.some(isScaledObject))
    throw new Error("the plan has no ScaledObject: nothing scales");
  return { objects: adapted, changes: [...changes] };
}

function adapt(
  object: ScaledObject,
  { scaleDownSeconds, pollingSeconds = Infinity }: Compression,
  tell: (change: string) => void,
): ScaledObject {
  const { spec } = object;
  const config = spec.advanced?.horizontalPodAutoscalerConfig;
  const { scaleDown, ...behavior } = config?.behavior ?? {};
  const shorten = (what: string, seconds: number, most: number): number => {
    if (seconds > most) tell(`${what} ${most} s instead of ${seconds} s`);
    return Math.min(seconds, most);
  };
  const down = {
    ...scaleDown,
    stabilizationWindowSeconds: shorten(
      "pods look back before there are fewer:",
      scaleDown?.stabilizationWindowSeconds ?? 300,
      scaleDownSeconds,
    ),
    ...(scaleDown?.policies && {
      policies: scaleDown.policies.map((policy) => ({
        ...policy,
        periodSeconds: shorten("period of a policy:", policy.periodSeconds, scaleDownSeconds),
      })),
    }),
  };
  const triggers = spec.triggers.filter(({ type }) => type !== "cron").map(withoutBroker);
  if (triggers.length < spec.triggers.length)
    tell("time-of-day floors are left out: the drill runs at any hour");
  if (spec.triggers.some(({ type }) => type === "rabbitmq"))
    tell("queues are asked of the stand-in for Prometheus: no broker runs");
  const polling = spec.pollingInterval ?? 30;
  const horizontalPodAutoscalerConfig = { ...config, behavior: { ...behavior, scaleDown: down } };
  return {
    ...object,
    spec: {
      ...spec,
      triggers,
      pollingInterval: shorten("KEDA looks every", polling, pollingSeconds),
      advanced: { ...spec.advanced, horizontalPodAutoscalerConfig },
    },
  };
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
