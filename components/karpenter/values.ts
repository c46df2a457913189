import type { Input } from "@pulumi/pulumi";
import type { KarpenterSpec } from "./args";

export const chartName = "karpenter";
/** Holds the definitions of its kinds, which so move with the release: Helm never upgrades those of a `crds` folder. */
export const definitionsChart = "karpenter-crd";
export const podLabels = {
  "app.kubernetes.io/name": chartName,
  "app.kubernetes.io/instance": chartName,
} as const;
export const metricsPort = 8080;

/** Values of the chart 1.14.1. */
export function karpenterValues(
  spec: KarpenterSpec,
  interruptionQueue: Input<string>,
): Record<string, unknown> {
  const { repository, tag, digest } = spec.version.image;
  return {
    replicas: 2,
    serviceAccount: { create: true, name: chartName },
    settings: {
      clusterName: spec.clusterName,
      // Asks EKS for the endpoint and the version.
      eksControlPlane: true,
      interruptionQueue,
      enableZonalShift: spec.zonalShift,
      // Waits a little longer for more pods: fewer and fuller nodes.
      batchIdleDuration: "2s",
    },
    controller: {
      // Without a digest of ours the chart's own holds.
      image: { repository, tag, ...(digest !== undefined && { digest }) },
      resources: { requests: { cpu: "250m", memory: "1Gi" }, limits: { memory: "1Gi" } },
    },
    priorityClassName: "system-cluster-critical",
    podDisruptionBudget: { name: chartName, maxUnavailable: 1 },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "DoNotSchedule",
        // Else a zone that is down, with tainted nodes, counts as an empty one and nothing is scheduled elsewhere.
        nodeTaintsPolicy: "Honor",
      },
    ],
    serviceMonitor: { enabled: spec.serviceMonitor },
  };
}
