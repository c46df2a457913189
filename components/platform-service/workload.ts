import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { workloadReference } from "../shared/workload-reference";
import { analysisTemplateSpec, type ReleaseStage } from "./analysis";
import type { ResolvedPlatformServiceArgs } from "./args";
import {
  deploymentSpec,
  isAutoscaled,
  progressDeadlineSeconds,
  reloadAnnotations,
} from "./deployment";
import type { Owned } from "./owned";
import { workloadLabels } from "./pod-template";
import { releaseDeadlineSeconds, releaseSeconds, rolloutSpec } from "./rollout";
import { createPreviewService } from "./service";

interface WorkloadParts {
  readonly owned: Owned;
  readonly serviceAccountName: pulumi.Output<string>;
  readonly service: k8s.core.v1.Service | undefined;
}

/** What runs the pods: replaced by and by, or a whole set beside the old one. Returns its name once it exists. */
export function createWorkload(
  name: string,
  spec: ResolvedPlatformServiceArgs,
  parts: WorkloadParts,
): pulumi.Output<string> {
  const { service } = parts;
  return spec.record.rollout === "blue-green" && service !== undefined
    ? createRollout(name, spec, { ...parts, service })
    : createDeployment(name, spec, parts);
}

function createDeployment(
  name: string,
  spec: ResolvedPlatformServiceArgs,
  { owned, serviceAccountName, service }: WorkloadParts,
): pulumi.Output<string> {
  const seconds = progressDeadlineSeconds(spec);
  return new k8s.apps.v1.Deployment(
    name,
    {
      metadata: { ...owned.metadata, labels: workloadLabels(spec), ...reloadAnnotations(spec) },
      spec: deploymentSpec(spec, serviceAccountName),
    },
    workloadOptions(spec, owned, { service, create: seconds, update: seconds }),
  ).metadata.name;
}

function createRollout(
  name: string,
  spec: ResolvedPlatformServiceArgs,
  { owned, serviceAccountName, service }: WorkloadParts & { service: k8s.core.v1.Service },
): pulumi.Output<string> {
  const { apiVersion, kind } = workloadReference(spec.record);
  const preview = createPreviewService(name, spec, owned);
  const analyses = {
    preview: createAnalysis(name, spec, { owned, stage: "preview" }),
    active: createAnalysis(name, spec, { owned, stage: "active" }),
  };
  const reload = reloadAnnotations(spec).annotations;
  return new k8s.apiextensions.CustomResource(
    name,
    {
      apiVersion,
      kind,
      metadata: {
        ...owned.metadata,
        labels: workloadLabels(spec),
        // A Deployment whose place it takes goes only when its pods run. On later releases the status may still be that
        // of the one before: the deploy workflow waits for the outcome.
        annotations: { ...reload, "pulumi.com/waitFor": "jsonpath={.status.phase}=Healthy" },
      },
      spec: rolloutSpec(spec, {
        serviceAccountName,
        services: { active: service.metadata.name, preview: preview.metadata.name },
        analyses,
      }),
    },
    workloadOptions(spec, owned, {
      service,
      create: releaseDeadlineSeconds(spec),
      update: releaseSeconds(spec),
    }),
  ).metadata.name;
}

function createAnalysis(
  name: string,
  spec: ResolvedPlatformServiceArgs,
  { owned, stage }: { owned: Owned; stage: ReleaseStage },
): pulumi.Output<string> {
  const { name: serviceName, ...metadata } = owned.metadata;
  return new k8s.apiextensions.CustomResource(
    `${name}-analysis-${stage}`,
    {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "AnalysisTemplate",
      metadata: { ...metadata, name: `${serviceName}-${stage}` },
      spec: analysisTemplateSpec(spec, stage),
    },
    owned.options,
  ).metadata.name;
}

interface Waiting {
  readonly service: k8s.core.v1.Service | undefined;
  /** Seconds after which it counts as failed. */
  readonly create: number;
  readonly update: number;
}

function workloadOptions(
  spec: ResolvedPlatformServiceArgs,
  { options }: Owned,
  { service, create, update }: Waiting,
): pulumi.CustomResourceOptions {
  return {
    ...options,
    // The load balancer controller puts its readiness gate into new pods of a Service that it knows.
    ...(service && { dependsOn: [service] }),
    customTimeouts: { create: `${create + 60}s`, update: `${update + 60}s` },
    // The first update sets the floor; from then on the field is the autoscaler's, and the provider leaves out of its
    // server-side apply what another manager owns. https://github.com/pulumi/pulumi-kubernetes/pull/2566
    ...(isAutoscaled(spec) && { ignoreChanges: ["spec.replicas"] }),
  };
}
