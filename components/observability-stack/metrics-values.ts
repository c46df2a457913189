import { spreadOverZones } from "../shared/zone-spread";
import { alertmanagerValues } from "./alertmanager-values";
import type { ObservabilityStackSpec } from "./args";
import { grafanaValues } from "./grafana-values";
import {
  budgetOf,
  claimOf,
  imageByBareSha,
  imageByDigest,
  imageByFullSha,
  noRights,
  onSystemNodes,
  resourcesOf,
  unprivileged,
} from "./hardening";
import { namespaces, podLabels, ports } from "./parts";
import { sizes } from "./sizes";

/** EKS runs these where nobody can read their metrics: their rules would only ever be silent, or wrong. */
const hiddenByEks = {
  kubeControllerManager: { enabled: false },
  kubeScheduler: { enabled: false },
  kubeEtcd: { enabled: false },
  kubeProxy: { enabled: false },
};
const rulesWithoutSource = {
  etcd: false,
  kubeControllerManager: false,
  kubeSchedulerAlerting: false,
  kubeSchedulerRecording: false,
  kubeProxy: false,
  windows: false,
};

/** Share of a disk that Prometheus fills with data; the rest is for its log of what it has not written yet. */
const filledShare = 0.9;

/** Values of the chart kube-prometheus-stack; keys are those of version 88.5. */
export function metricsValues(spec: ObservabilityStackSpec): Record<string, unknown> {
  return {
    fullnameOverride: "kps",
    crds: { enabled: true },
    ...hiddenByEks,
    defaultRules: { create: true, rules: rulesWithoutSource },
    windowsMonitoring: { enabled: false },
    prometheus: prometheusValues(spec),
    alertmanager: alertmanagerValues(spec),
    prometheusOperator: operatorValues(spec),
    grafana: grafanaValues(spec),
    "kube-state-metrics": stateMetricsValues(spec),
    "prometheus-node-exporter": nodeExporterValues(spec),
  };
}

function prometheusValues(spec: ObservabilityStackSpec): Record<string, unknown> {
  const { metrics, clusterName, environment, images } = spec;
  const budget = budgetOf(metrics.replicas);
  return {
    podDisruptionBudget: { enabled: budget !== undefined, ...prometheusBudget(budget) },
    serviceAccount: { create: true, name: "prometheus" },
    prometheusSpec: {
      image: imageByBareSha(images.prometheus),
      replicas: metrics.replicas,
      retention: `${metrics.retentionDays}d`,
      retentionSize: `${Math.floor(metrics.storageGiB * filledShare)}GiB`,
      storageSpec: { volumeClaimTemplate: claimOf(metrics.storageGiB) },
      resources: resourcesOf(metrics.requests),
      scrapeInterval: "30s",
      evaluationInterval: "30s",
      externalLabels: { cluster: clusterName, environment },
      replicaExternalLabelName: "__replica__",
      enableFeatures: ["exemplar-storage"],
      ...everySelector,
      // Two in one zone would both be gone with it.
      ...(metrics.replicas > 1 && {
        podAntiAffinity: "hard",
        podAntiAffinityTopologyKey: "topology.kubernetes.io/zone",
      }),
      topologySpreadConstraints: spreadOverZones(podLabels.prometheus),
      nodeSelector: onSystemNodes,
      priorityClassName: "system-cluster-critical",
      securityContext: unprivileged(1000),
    },
  };
}

function prometheusBudget(budget: ReturnType<typeof budgetOf>) {
  return budget === undefined
    ? {}
    : { minAvailable: 1, unhealthyPodEvictionPolicy: budget.unhealthyPodEvictionPolicy };
}

/** Whatever is a monitor, a probe or a rule counts, whoever made it. */
const everySelector = {
  serviceMonitorSelectorNilUsesHelmValues: false,
  podMonitorSelectorNilUsesHelmValues: false,
  ruleSelectorNilUsesHelmValues: false,
  probeSelectorNilUsesHelmValues: false,
  scrapeConfigSelectorNilUsesHelmValues: false,
};

function operatorValues({ images }: ObservabilityStackSpec): Record<string, unknown> {
  return {
    image: imageByBareSha(images.prometheusOperator),
    prometheusConfigReloader: {
      image: imageByBareSha(images.prometheusConfigReloader),
      resources: resourcesOf(sizes.configReloader),
    },
    // Rules are tested before they are deployed. A webhook would need a job that may write secrets, and a way in from the
    // control plane.
    admissionWebhooks: { enabled: false },
    tls: { enabled: false },
    resources: resourcesOf(sizes.operator),
    securityContext: unprivileged(65_534),
    containerSecurityContext: noRights,
    nodeSelector: onSystemNodes,
    // The operator reads no Secret of others than the stack's.
    alertmanagerConfigNamespaces: [namespaces.monitoring],
    prometheusInstanceNamespaces: [namespaces.monitoring],
    alertmanagerInstanceNamespaces: [namespaces.monitoring],
  };
}

function stateMetricsValues({ images }: ObservabilityStackSpec): Record<string, unknown> {
  return {
    fullnameOverride: "kube-state-metrics",
    image: imageByFullSha(images.kubeStateMetrics),
    replicas: 1,
    resources: resourcesOf(sizes.kubeStateMetrics),
    securityContext: { enabled: true, ...unprivileged(65_534) },
    containerSecurityContext: noRights,
    nodeSelector: onSystemNodes,
    priorityClassName: "system-cluster-critical",
    // It counts objects, and needs no look into a Secret to do so.
    collectors,
    metricLabelsAllowlist: [
      "nodes=[topology.kubernetes.io/zone,workload,karpenter.sh/nodepool,eks.amazonaws.com/capacityType]",
      "pods=[app.kubernetes.io/name,app.kubernetes.io/part-of,auterity.io/team,auterity.io/tier]",
      "deployments=[auterity.io/team,auterity.io/tier]",
    ],
  };
}

/** Those of the chart but for Secrets and ConfigMaps. */
const collectors = [
  "certificatesigningrequests",
  "cronjobs",
  "daemonsets",
  "deployments",
  "endpointslices",
  "horizontalpodautoscalers",
  "ingresses",
  "jobs",
  "leases",
  "limitranges",
  "mutatingwebhookconfigurations",
  "namespaces",
  "networkpolicies",
  "nodes",
  "persistentvolumeclaims",
  "persistentvolumes",
  "poddisruptionbudgets",
  "pods",
  "replicasets",
  "replicationcontrollers",
  "resourcequotas",
  "services",
  "statefulsets",
  "storageclasses",
  "validatingwebhookconfigurations",
  "volumeattachments",
];

/** On every node, in its network and among its processes: that is what it measures. */
function nodeExporterValues({ images }: ObservabilityStackSpec): Record<string, unknown> {
  return {
    fullnameOverride: "node-exporter",
    namespaceOverride: namespaces.agents,
    image: { ...imageByDigest(images.nodeExporter), distroless: false },
    resources: resourcesOf(sizes.nodeExporter),
    service: { port: ports.nodeExporter, targetPort: ports.nodeExporter },
    containerSecurityContext: noRights,
    tolerations: [{ operator: "Exists" }],
    priorityClassName: "system-node-critical",
  };
}
