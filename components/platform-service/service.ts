import * as k8s from "@pulumi/kubernetes";
import { selectorLabels } from "../shared/service-labels";
import type { ResolvedPlatformServiceArgs } from "./args";
import { targetGroupAnnotations } from "./load-balancing";
import type { Owned } from "./owned";
import { portName } from "./pod-template";

/**
 * "PreferSameZone" where each zone has a pod: callers then stay in their zone, which saves time and the charge for
 * traffic between zones. The pods are as many as the zones at least, and spread over them without exception. With fewer,
 * the pods of some zones would carry the callers of others beside their own while load is measured over all of them;
 * batch work is spread only as far as there is capacity. A zone whose pod is not ready is served by the others.
 * Stable since Kubernetes 1.35, the oldest that clusters run; "PreferClose" was its name before.
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#traffic-distribution
 */
function trafficDistribution({
  record,
  zones,
  minimumReplicas,
}: ResolvedPlatformServiceArgs): "PreferSameZone" | undefined {
  const oneInEachZone = record.tier !== "batch" && minimumReplicas >= zones;
  return zones > 1 && oneInEachZone ? "PreferSameZone" : undefined;
}

/** Undefined for workers that nobody connects to. */
export function createService(
  name: string,
  spec: ResolvedPlatformServiceArgs,
  owned: Owned,
): k8s.core.v1.Service | undefined {
  if (spec.record.port === undefined) return undefined;
  const annotations = targetGroupAnnotations(spec.record);
  const metadata = { ...owned.metadata, annotations };
  return new k8s.core.v1.Service(
    `${name}-service`,
    { metadata, spec: serviceSpec(spec, spec.record.port) },
    serviceOptions(spec, owned),
  );
}

/** The newest pods, before traffic moves to them: for those who try them out. Later they are the pods in use. */
export function createPreviewService(
  name: string,
  spec: ResolvedPlatformServiceArgs,
  owned: Owned,
): k8s.core.v1.Service {
  const { name: serviceName, ...metadata } = owned.metadata;
  return new k8s.core.v1.Service(
    `${name}-preview-service`,
    {
      metadata: { ...metadata, name: `${serviceName}-preview` },
      spec: serviceSpec(spec, spec.record.port ?? 0),
    },
    serviceOptions(spec, owned),
  );
}

function serviceSpec(
  spec: ResolvedPlatformServiceArgs,
  port: number,
): k8s.types.input.core.v1.ServiceSpec {
  const distribution = trafficDistribution(spec);
  return {
    type: "ClusterIP",
    selector: selectorLabels(spec.record),
    ...(distribution !== undefined && { trafficDistribution: distribution }),
    ports: [{ name: portName, port, targetPort: portName, protocol: "TCP", appProtocol: "http" }],
  };
}

/** In a blue-green release traffic moves by the selector, which is the controller's from then on. */
function serviceOptions({ record }: ResolvedPlatformServiceArgs, { options }: Owned) {
  return record.rollout === "blue-green"
    ? { ...options, ignoreChanges: ["spec.selector"] }
    : options;
}
