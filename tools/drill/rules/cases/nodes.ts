import { type AlertCase, nodes, ready, steady, threeNodes, values } from "../case";

const platform = "platform";
const pod = 'namespace="automatrix",pod="automatrix-api-1"';

/** Nodes, zones and room. */
export const nodeCases: readonly AlertCase[] = [
  {
    alert: "ZoneLost",
    series: {
      ...threeNodes,
      ...ready({ a1: steady(1), b1: values([10, 1], [30, 0]), c1: steady(1) }),
    },
    silentAt: "11m",
    firesAt: "12m",
    told: ["critical", platform],
    labels: { zone: "us-west-2b" },
    summary: "No node of zone us-west-2b is ready: services run on what the other zones have",
  },
  {
    alert: "NodesUnavailable",
    series: {
      ...threeNodes,
      ...ready({ a1: values([10, 1], [30, 0]), b1: steady(1), c1: steady(1) }),
    },
    silentAt: "14m",
    firesAt: "15m",
    told: ["critical", platform],
    labels: {},
    summary: "33.33% of the nodes are not ready",
  },
  {
    alert: "NodeNotReady",
    series: {
      ...threeNodes,
      ...ready({ a1: values([10, 1], [30, 0]), b1: steady(1), c1: steady(1) }),
    },
    silentAt: "19m",
    firesAt: "20m",
    told: ["warning", platform],
    labels: { node: "a1", zone: "us-west-2a", condition: "Ready", status: "true" },
    summary: "Node a1 in us-west-2a has not been ready for ten minutes",
  },
  {
    alert: "NodeCordonedLong",
    series: { ...threeNodes, 'kube_node_spec_unschedulable{node="a1"}': steady(1) },
    silentAt: "5h59m",
    firesAt: "6h",
    told: ["warning", platform],
    labels: { node: "a1", zone: "us-west-2a" },
    summary: "Node a1 has taken no new pods for six hours and is still paid for",
  },
  {
    alert: "ZoneImbalance",
    series: nodes({ a1: "us-west-2a", a2: "us-west-2a", a3: "us-west-2a", b1: "us-west-2b" }),
    silentAt: "29m",
    firesAt: "30m",
    told: ["warning", platform],
    labels: {},
    summary: "One zone has 3 times as many nodes as another: its loss would cost more than a third",
  },
  {
    alert: "PodsUnschedulable",
    series: { 'kube_pod_status_unschedulable{namespace="shop",pod="a"}': steady(1) },
    silentAt: "14m",
    firesAt: "15m",
    told: ["warning", platform],
    labels: { namespace: "shop" },
    summary: "1 pod(s) of shop have found no node for a quarter of an hour",
  },
  {
    alert: "CriticalPodsUnschedulable",
    series: {
      [`kube_pod_status_unschedulable{${pod}}`]: steady(1),
      'kube_pod_status_unschedulable{namespace="automatrix",pod="automatrix-web-1"}': steady(1),
    },
    silentAt: "4m",
    firesAt: "5m",
    told: ["critical", platform],
    labels: { namespace: "automatrix", pod: "automatrix-api-1" },
    summary:
      "Pod automatrix-api-1 of a critical service has found no node for five minutes: its service cannot grow or heal",
  },
  {
    alert: "NamespaceQuotaNearLimit",
    series: {
      'kube_resourcequota{namespace="automatrix",resourcequota="q",resource="pods",type="used"}':
        steady(19),
      'kube_resourcequota{namespace="automatrix",resourcequota="q",resource="pods",type="hard"}':
        steady(20),
      'kube_resourcequota{namespace="relaycore",resourcequota="q",resource="pods",type="used"}':
        steady(18),
      'kube_resourcequota{namespace="relaycore",resourcequota="q",resource="pods",type="hard"}':
        steady(20),
    },
    silentAt: "14m",
    firesAt: "15m",
    told: ["warning", platform],
    labels: { namespace: "automatrix", resourcequota: "q", resource: "pods" },
    summary: "automatrix has used 95% of its quota of pods: soon no pod starts there",
  },
  {
    alert: "ClusterCpuPromised",
    series: {
      'kube_pod_container_resource_requests{namespace="a",pod="b",container="c",resource="cpu"}':
        steady(3.8),
      'kube_node_status_allocatable{node="a1",resource="cpu"}': steady(4),
    },
    silentAt: "29m",
    firesAt: "30m",
    told: ["info", platform],
    labels: {},
    summary: "95% of the nodes' CPU is promised to pods",
  },
  {
    alert: "NodeLaunchFailing",
    series: {
      'cluster_autoscaler_failed_scale_ups_total{reason="cloudProviderError"}': values(
        [10, 0],
        [2, 2],
        [30, 4],
      ),
    },
    silentAt: "11m",
    firesAt: "12m",
    told: ["warning", platform],
    labels: { reason: "cloudProviderError" },
    summary:
      "Nodes cannot be started (cloudProviderError): AWS has none of the type, or the account's limit is reached",
  },
  {
    alert: "NodeAutoscalerStopped",
    series: { cluster_autoscaler_cluster_safe_to_autoscale: values([10, 1], [30, 0]) },
    silentAt: "24m",
    firesAt: "25m",
    told: ["warning", platform],
    labels: {},
    summary: "Cluster Autoscaler adds no nodes: it is away, or holds the cluster for too unhealthy",
  },
];
