import { exporters } from "../observability-rules";
import type { ScrapeTarget } from "../observability-stack";
import { pinnedTag } from "../shared/controller-chart";
import { nodeClassLabel } from "../shared/node-classes";
import { prometheusAddress } from "../shared/prometheus-address";
import type { ClusterCostsSpec } from "./args";

export const chartName = "opencost";
export const namespaceName = "opencost";
/** Container port of its metrics and its API. */
export const apiPort = 9003;
/** What the chart selects its pods by. @see https://github.com/opencost/opencost-helm-chart/blob/opencost-2.5.17/charts/opencost/templates/_helpers.tpl */
export const podLabels = {
  "app.kubernetes.io/name": chartName,
  "app.kubernetes.io/instance": chartName,
} as const;

/** The chart's own limit of memory: a region's price list is large while it is read. */
export const clusterCostsSize = { cpu: "100m", memory: "1Gi" } as const;

/** How Prometheus reads it. */
export const openCostTarget = {
  namespace: namespaceName,
  podLabels,
  port: apiPort,
  // Its namespaces and pods are those that it tells of, not its own.
  honorLabels: true,
  // It also repeats what kube-state-metrics says, and sums would count it twice.
  only: exporters["opencost"]?.metrics ?? [],
} as const satisfies ScrapeTarget;

/** Where it writes the prices that it starts from; the rest of its disk is closed. */
const configPath = "/var/configs";
/** The user of its image. */
const user = 1001;

/** Values of the chart 2.5.17. */
export function openCostValues(spec: ClusterCostsSpec): Record<string, unknown> {
  return {
    fullnameOverride: chartName,
    // A second one would count everything twice for as long as both run.
    updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
    serviceAccount: { create: true, name: chartName },
    // Nobody calls it: Prometheus reads the pod.
    service: { enabled: false },
    plugins: { enabled: false },
    podSecurityContext: {
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: user,
      fsGroup: user,
      seccompProfile: { type: "RuntimeDefault" },
    },
    opencost: {
      exporter: exporterValues(spec),
      prometheus: {
        internal: { enabled: false },
        external: { enabled: true, url: prometheusAddress },
      },
      // Neither a page nor a door for programs that ask in words: figures are in Grafana, behind its sign-in.
      ui: { enabled: false },
      mcp: { enabled: false },
      // The bill itself is read by CostExport; this one has no credentials of AWS.
      cloudCost: { enabled: false },
      customPricing: { enabled: false },
      metrics: {
        serviceMonitor: { enabled: false },
        kubeStateMetrics: { emitKsmV1Metrics: false, emitKsmV1MetricsOnly: false },
      },
      nodeSelector: { [nodeClassLabel]: "system" },
    },
    extraVolumes: [{ name: "configs", emptyDir: { sizeLimit: "16Mi" } }],
  };
}

function exporterValues({ clusterName, image }: ClusterCostsSpec) {
  const slash = image.repository.indexOf("/");
  return {
    image: {
      registry: image.repository.slice(0, slash),
      repository: image.repository.slice(slash + 1),
      tag: pinnedTag(image),
    },
    replicas: 1,
    apiPort,
    defaultClusterId: clusterName,
    resources: {
      requests: clusterCostsSize,
      limits: { memory: clusterCostsSize.memory },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
      seccompProfile: { type: "RuntimeDefault" },
    },
    // The role of the node is not for it: without this it would wait for an answer that no pod gets.
    extraEnv: { CONFIG_PATH: configPath, AWS_EC2_METADATA_DISABLED: "true" },
    extraVolumeMounts: [{ name: "configs", mountPath: configPath }],
  };
}
