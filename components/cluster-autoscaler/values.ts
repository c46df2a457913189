import { pinnedTag } from "../shared/controller-chart";
import { longestStopSeconds } from "../shared/graceful-stop";
import { headroomPriority } from "../shared/priority-classes";
import { spreadOverZones } from "../shared/zone-spread";
import type { ClusterAutoscalerSpec } from "./args";

export const chartName = "cluster-autoscaler";
export const podLabels = {
  "app.kubernetes.io/instance": chartName,
  "app.kubernetes.io/name": chartName,
} as const;
/** Metrics and health on one port. @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/charts/cluster-autoscaler/templates/deployment.yaml */
export const metricsPort = 8085;

/** Values of the chart 9.59.0. */
export function autoscalerValues(spec: ClusterAutoscalerSpec): Record<string, unknown> {
  const { region, clusterName, replicas, serviceMonitor } = spec;
  const { repository } = spec.version.image;
  return {
    // Its own names would begin with the cloud's.
    nameOverride: chartName,
    fullnameOverride: chartName,
    cloudProvider: "aws",
    awsRegion: region,
    // By the two tags that EKS puts on the groups of managed node groups by itself.
    autoDiscovery: { clusterName },
    image: { repository, tag: pinnedTag(spec.version.image) },
    replicaCount: replicas,
    rbac: { serviceAccount: { create: true, name: chartName } },
    extraArgs: { ...scaleUp, ...scaleDown, v: 2 },
    expanderPriorities: expanderPriorities(spec.preferredGroups),
    priorityClassName: "system-cluster-critical",
    podDisruptionBudget: { maxUnavailable: 1 },
    topologySpreadConstraints: spreadOverZones(podLabels),
    resources: { requests: { cpu: "100m", memory: "600Mi" }, limits: { memory: "600Mi" } },
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65534,
      runAsGroup: 65534,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containerSecurityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
      seccompProfile: { type: "RuntimeDefault" },
    },
    serviceMonitor: { enabled: serviceMonitor },
  };
}

/** @see https://github.com/kubernetes/autoscaler/blob/cluster-autoscaler-1.35.2/cluster-autoscaler/FAQ.md#what-are-the-parameters-to-ca */
const scaleUp = {
  // Spot before On-Demand; between equals, the group whose new node stays the least empty.
  expander: "priority,least-waste",
  "balance-similar-node-groups": true,
  // By these alone the groups of one class differ between zones: Spot takes whichever type is there, and an update of
  // launch template or image reaches one group after the other.
  "balancing-ignore-label_1": "node.kubernetes.io/instance-type",
  "balancing-ignore-label_2": "beta.kubernetes.io/instance-type",
  "balancing-ignore-label_3": "eks.amazonaws.com/nodegroup-image",
  "balancing-ignore-label_4": "eks.amazonaws.com/sourceLaunchTemplateVersion",
  // A node that has not come by then never will: the next group is tried, On-Demand after Spot.
  "max-node-provision-time": "5m0s",
  // With two of three zones away it still adds nodes in the third; by default it stops at 45.
  "max-total-unready-percentage": 70,
  // Pods that hold room, and batch work, are worth a node; below that nothing is.
  "expendable-pods-priority-cutoff": headroomPriority.value,
} as const;

const scaleDown = {
  "scale-down-unneeded-time": "10m0s",
  "scale-down-delay-after-add": "10m0s",
  "scale-down-utilization-threshold": 0.6,
  // They are on every node, and leave with it: else a small node never counts as empty.
  "ignore-daemonsets-utilization": true,
  // Every service writes to an emptyDir and CoreDNS runs anywhere: with the defaults no node would ever go.
  "skip-nodes-with-local-storage": false,
  "skip-nodes-with-system-pods": false,
  "max-graceful-termination-sec": longestStopSeconds,
} as const;

/** The higher number wins; a group without a number would never grow while another could. */
function expanderPriorities(preferred: readonly string[]): Record<string, string[]> {
  return Object.fromEntries([
    ["1", [".*"]],
    ...preferred.map((pattern, index) => [String((preferred.length - index) * 10), [pattern]]),
  ]) as Record<string, string[]>;
}
