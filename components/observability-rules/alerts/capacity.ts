import type { AlertRule, RuleGroup } from "../rule";
import { type AlertContext, platformTeam } from "./context";

/** Room for pods, and who makes it. */
export function capacityAlerts(context: AlertContext): RuleGroup {
  return {
    name: "capacity",
    rules: [
      {
        name: "PodsUnschedulable",
        expression: "sum by (namespace) (kube_pod_status_unschedulable) > 0",
        for: "15m",
        severity: "warning",
        team: platformTeam,
        summary:
          "{{ $value }} pod(s) of {{ $labels.namespace }} have found no node for a quarter of an hour",
        runbook: "capacity",
      },
      ...criticalAlerts(context),
      {
        name: "NamespaceQuotaNearLimit",
        expression:
          'kube_resourcequota{type="used"} / on (namespace, resourcequota, resource) (kube_resourcequota{type="hard"} > 0) > 0.9',
        for: "15m",
        severity: "warning",
        team: platformTeam,
        summary:
          "{{ $labels.namespace }} has used {{ $value | humanizePercentage }} of its quota of {{ $labels.resource }}: soon no pod starts there",
        runbook: "capacity",
      },
      {
        name: "ClusterCpuPromised",
        expression:
          'sum(kube_pod_container_resource_requests{resource="cpu"}) / sum(kube_node_status_allocatable{resource="cpu"}) > 0.9',
        for: "30m",
        severity: "info",
        team: platformTeam,
        summary: "{{ $value | humanizePercentage }} of the nodes' CPU is promised to pods",
        runbook: "capacity",
      },
      ...autoscalerAlerts(context),
    ],
  };
}

function criticalAlerts({ records }: AlertContext): AlertRule[] {
  const critical = records.filter(({ tier }) => tier === "critical");
  if (critical.length === 0) return [];
  const namespaces = [...new Set(critical.map(({ product }) => product))].join("|");
  const pods = critical.map(({ name }) => name).join("|");
  return [
    {
      name: "CriticalPodsUnschedulable",
      expression: `sum by (namespace, pod) (kube_pod_status_unschedulable{namespace=~"${namespaces}",pod=~"(${pods})-.*"}) > 0`,
      for: "5m",
      severity: "critical",
      team: platformTeam,
      summary:
        "Pod {{ $labels.pod }} of a critical service has found no node for five minutes: its service cannot grow or heal",
      runbook: "capacity",
    },
  ];
}

function autoscalerAlerts({ nodeAutoscaler }: AlertContext): AlertRule[] {
  return nodeAutoscaler === "karpenter" ? karpenterAlerts : clusterAutoscalerAlerts;
}

const clusterAutoscalerAlerts: AlertRule[] = [
  {
    name: "NodeLaunchFailing",
    expression: "sum by (reason) (increase(cluster_autoscaler_failed_scale_ups_total[15m])) > 2",
    severity: "warning",
    team: platformTeam,
    summary:
      "Nodes cannot be started ({{ $labels.reason }}): AWS has none of the type, or the account's limit is reached",
    immediate: "three failures within a quarter of an hour are the wait",
    runbook: "capacity",
  },
  {
    name: "NodeAutoscalerStopped",
    expression:
      "cluster_autoscaler_cluster_safe_to_autoscale == 0 or absent(cluster_autoscaler_cluster_safe_to_autoscale)",
    for: "15m",
    severity: "warning",
    team: platformTeam,
    summary: "Cluster Autoscaler adds no nodes: it is away, or holds the cluster for too unhealthy",
    runbook: "capacity",
  },
];

const karpenterAlerts: AlertRule[] = [
  {
    name: "NodeLaunchFailing",
    expression: "sum by (error) (increase(karpenter_cloudprovider_errors_total[15m])) > 3",
    severity: "warning",
    team: platformTeam,
    summary: "Nodes cannot be started or ended ({{ $labels.error }})",
    immediate: "four failures within a quarter of an hour are the wait",
    runbook: "capacity",
  },
  {
    name: "NodePoolNearLimit",
    expression: "karpenter_nodepools_usage / (karpenter_nodepools_limit > 0) > 0.9",
    for: "15m",
    severity: "warning",
    team: platformTeam,
    summary:
      "Pool {{ $labels.nodepool }} has used {{ $value | humanizePercentage }} of its {{ $labels.resource_type }}",
    runbook: "capacity",
  },
  {
    name: "SpotInterruptionBurst",
    expression: "sum(increase(karpenter_interruption_received_messages_total[10m])) > 5",
    severity: "info",
    team: platformTeam,
    summary: "AWS has announced the end of {{ $value | humanize }} Spot nodes within ten minutes",
    immediate: "a count over ten minutes",
    runbook: "capacity",
  },
];
