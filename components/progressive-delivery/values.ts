import { pinnedTag } from "../shared/controller-chart";
import type { ResolvedProgressiveDeliveryArgs } from "./args";

/** Of the chart, of its release, and of the account that it makes for the controller. */
export const chartName = "argo-rollouts";
/** Labels that the chart gives to the controller's pods. */
export const podLabels = {
  "app.kubernetes.io/name": chartName,
  "app.kubernetes.io/component": "rollouts-controller",
} as const;
/** Container port of the metrics. */
export const metricsPort = 8090;

const zoneSpread = { maxSkew: 1, labelSelector: { matchLabels: podLabels } };

/** Values of the chart; keys are those of version 2.41. */
export function rolloutsValues({
  version: { image },
  replicas,
}: ResolvedProgressiveDeliveryArgs): Record<string, unknown> {
  const slash = image.repository.indexOf("/");
  return {
    installCRDs: true,
    // Without them every Rollout would go, and with it the pods of its service.
    keepCRDs: true,
    clusterInstall: true,
    // Who may edit in a namespace moves no traffic there.
    createClusterAggregateRoles: false,
    controller: {
      // With two or more the chart has them elect a leader.
      replicas,
      // Reads every secret and changes every namespace: rights.ts is what it gets instead.
      createClusterRole: false,
      image: {
        registry: image.repository.slice(0, slash),
        repository: image.repository.slice(slash + 1),
        tag: pinnedTag(image),
      },
      logging: { format: "json" },
      priorityClassName: "system-cluster-critical",
      resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "256Mi" } },
      topologySpreadConstraints: [
        {
          ...zoneSpread,
          topologyKey: "topology.kubernetes.io/zone",
          whenUnsatisfiable: "DoNotSchedule",
          // Else a zone that is down, with tainted nodes, counts as an empty one and nothing is scheduled elsewhere.
          nodeTaintsPolicy: "Honor",
        },
        {
          ...zoneSpread,
          topologyKey: "kubernetes.io/hostname",
          whenUnsatisfiable: "ScheduleAnyway",
        },
      ],
      metrics: { enabled: true },
      // Of a single pod it could only block a drain.
      pdb: { enabled: replicas > 1, minAvailable: 1 },
    },
    podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containerSecurityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
      seccompProfile: { type: "RuntimeDefault" },
    },
    // Traffic moves by the selector of a Service: no mesh, gateway or load balancer is touched.
    providerRBAC: { enabled: false },
    dashboard: { enabled: false },
    notifications: { secret: { create: false } },
  };
}
