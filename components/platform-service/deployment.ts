import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { maxSurgePercent } from "../shared/replicas";
import { selectorLabels } from "../shared/service-labels";
import type { ResolvedPlatformServiceArgs } from "./args";
import { podTemplate } from "./pod-template";

/** A new node with a large image is ready within this time, and so is a pod once it has started. */
const placementSeconds = 600;

/** Time after which a rollout without progress counts as failed. */
export function progressDeadlineSeconds({ record }: ResolvedPlatformServiceArgs): number {
  return placementSeconds + record.probes.startupSeconds;
}

/** Of the pods, how many may be taken away at a time by drains and the like. */
const disruptedPercent = 25;

/** True if an autoscaler moves the replicas between the floor and the record's maximum. */
export function isAutoscaled({ record, minimumReplicas }: ResolvedPlatformServiceArgs): boolean {
  return record.scaling.max > minimumReplicas;
}

/**
 * Variables are read at the start of a container: Reloader, if it runs, replaces the pods when one of the Secrets changed.
 * @see https://github.com/stakater/Reloader
 */
export function reloadAnnotations({ secretEnvironment }: ResolvedPlatformServiceArgs): {
  annotations?: Record<string, string>;
} {
  if (Object.keys(secretEnvironment).length === 0) return {};
  return { annotations: { "reloader.stakater.com/auto": "true" } };
}

export function deploymentSpec(
  spec: ResolvedPlatformServiceArgs,
  serviceAccountName: Input<string>,
): types.input.apps.v1.DeploymentSpec {
  return {
    replicas: spec.minimumReplicas,
    selector: { matchLabels: selectorLabels(spec.record) },
    strategy: {
      type: "RollingUpdate",
      rollingUpdate: { maxUnavailable: 0, maxSurge: `${maxSurgePercent}%` },
    },
    // A pod that falls over right after its start must stop the rollout, not pass for ready.
    minReadySeconds: 10,
    progressDeadlineSeconds: progressDeadlineSeconds(spec),
    revisionHistoryLimit: 3,
    template: podTemplate(spec, serviceAccountName),
  };
}

/**
 * A quarter at a time, rounded up: with two to four replicas one pod may go, and the drain of a node never waits for
 * ever, as it does with a minimum that equals the replicas. Pods that are not ready may always go: they protect nothing.
 * In a blue-green release a percentage would count both sets of pods, and let half of those in use go: there it is a number.
 */
export function disruptionBudgetSpec({
  record,
  minimumReplicas,
}: ResolvedPlatformServiceArgs): types.input.policy.v1.PodDisruptionBudgetSpec {
  return {
    maxUnavailable:
      record.rollout === "blue-green"
        ? Math.ceil((minimumReplicas * disruptedPercent) / 100)
        : `${disruptedPercent}%`,
    unhealthyPodEvictionPolicy: "AlwaysAllow",
    selector: { matchLabels: selectorLabels(record) },
  };
}
