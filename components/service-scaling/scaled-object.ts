import { workloadReference } from "../shared/workload-reference";
import type { ServiceScalingSpec } from "./args";
import { behaviorOf } from "./behavior";
import { isExternal, triggersOf, type Trigger } from "./triggers";

/** Spec of a ScaledObject. @see https://keda.sh/docs/latest/reference/scaledobject-spec/ */
export interface ScaledObjectSpec {
  readonly scaleTargetRef: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
  };
  readonly pollingInterval: number;
  readonly cooldownPeriod: number;
  readonly minReplicaCount: number;
  readonly maxReplicaCount: number;
  readonly fallback?: Fallback;
  readonly advanced: object;
  readonly triggers: readonly Trigger[];
}

interface Fallback {
  readonly failureThreshold: number;
  readonly replicas: number;
  readonly behavior: "static" | "currentReplicasIfHigher";
}

/** Between two looks that start the first pod, or see that a source is away; the autoscaler itself asks every 15. */
const pollingSeconds = 30;

/** From the last sign of work until the last pod goes. A training that is between two jobs keeps its large node so long. */
const cooldownSeconds = 600;

/** Looks without an answer until the fallback holds: one or two are a restart. */
const failureThreshold = 3;

export function scaledObjectSpec(spec: ServiceScalingSpec): ScaledObjectSpec {
  const { record } = spec;
  // By day the clock holds the floor.
  const minimumReplicas = spec.workingHours === undefined ? spec.minimumReplicas : 0;
  const triggers = triggersOf(spec);
  const fallback = fallbackOf({ ...spec, minimumReplicas }, triggers);
  return {
    scaleTargetRef: { ...workloadReference(record) },
    pollingInterval: pollingSeconds,
    cooldownPeriod: cooldownSeconds,
    minReplicaCount: minimumReplicas,
    maxReplicaCount: record.scaling.max,
    ...(fallback && { fallback }),
    advanced: {
      horizontalPodAutoscalerConfig: { name: record.name, behavior: behaviorOf(record.tier) },
    },
    triggers,
  };
}

/**
 * While Prometheus or the broker does not answer. With a CPU signal beside it the floor is enough: CPU goes on scaling
 * above it. Without one, half of the most pods is between idle pods and a queue that grows, and nobody who works is sent
 * away. What rests at none has no fallback: what runs stays, and nothing starts that nobody has asked for.
 */
function fallbackOf(
  { record, minimumReplicas }: ServiceScalingSpec,
  triggers: readonly Trigger[],
): Fallback | undefined {
  if (minimumReplicas === 0 || !triggers.some(isExternal)) return undefined;
  if (triggers.some(({ type }) => type === "cpu"))
    return { failureThreshold, replicas: minimumReplicas, behavior: "static" };
  const half = Math.ceil(record.scaling.max / 2);
  return {
    failureThreshold,
    replicas: Math.max(minimumReplicas, half),
    behavior: "currentReplicasIfHigher",
  };
}
