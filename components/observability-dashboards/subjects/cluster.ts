import { nodeZones } from "../../observability-rules";
import { layOut, type Rows } from "../layout";
import { graph, perPixel, stat, table } from "../panels";
import type { PlannedDashboard } from "../planned";
import { noneWanted, orZero, type Subject } from "./subject";

const ready = 'kube_node_status_condition{condition="Ready",status="true"}';
const requested = (resource: string): string =>
  `sum(kube_pod_container_resource_requests{resource="${resource}"})`;
const allocatable = (resource: string): string =>
  `sum(kube_node_status_allocatable{resource="${resource}"})`;
const usedCpu = `sum(rate(container_cpu_usage_seconds_total{container!=""}[${perPixel}]))`;
const usedMemory = 'sum(container_memory_working_set_bytes{container!=""})';
const fullLimits = { colors: ["green", "orange", "red"], at: [0.8, 0.9] } as const;

/** Nodes, zones, the room on them, and who makes more of it. */
export function clusterDashboard(subject: Subject): PlannedDashboard {
  return layOut({
    uid: "cluster",
    title: "Cluster and capacity",
    about: "Whether there are nodes in every zone, how full they are, and whether pods find room.",
    folder: "Platform",
    tags: ["cluster"],
    from: "now-24h",
    rows: [nodes, capacity, pods(subject), autoscalers(subject), controlPlane],
  });
}

const nodes: Rows = {
  title: "Nodes and zones",
  panels: [
    stat({
      title: "Nodes that are ready",
      width: 4,
      queries: [{ expr: `sum(${ready})` }],
    }),
    stat({
      title: "Nodes that are not",
      width: 4,
      limits: noneWanted,
      queries: [{ expr: orZero(`sum(${ready} == bool 0)`) }],
    }),
    stat({
      title: "Taken out of use",
      about: "Cordoned: they take no new pods and are still paid for.",
      width: 4,
      queries: [{ expr: orZero("sum(kube_node_spec_unschedulable)") }],
    }),
    stat({
      title: "Nodes, by zone",
      width: 12,
      queries: [
        {
          expr: `count by (zone) (${ready} * on (node) group_left (zone) (${nodeZones}) == 1)`,
          legend: "{{zone}}",
        },
      ],
    }),
    graph({
      title: "Ready nodes, by zone",
      unit: "short",
      width: 12,
      queries: [
        {
          expr: `sum by (zone) (${ready} * on (node) group_left (zone) (${nodeZones}))`,
          legend: "{{zone}}",
        },
      ],
    }),
    graph({
      title: "Nodes, by class",
      unit: "short",
      width: 12,
      queries: [
        { expr: "count by (label_workload) (kube_node_labels)", legend: "{{label_workload}}" },
      ],
    }),
  ],
};

const capacity: Rows = {
  title: "Room",
  panels: [
    graph({
      title: "CPU",
      about: "In cores: what nodes have, what pods asked for, what they use.",
      unit: "short",
      width: 8,
      queries: [
        { expr: allocatable("cpu"), legend: "there" },
        { expr: requested("cpu"), legend: "asked for" },
        { expr: usedCpu, legend: "used" },
      ],
    }),
    graph({
      title: "Memory",
      unit: "bytes",
      width: 8,
      queries: [
        { expr: allocatable("memory"), legend: "there" },
        { expr: requested("memory"), legend: "asked for" },
        { expr: usedMemory, legend: "used" },
      ],
    }),
    graph({
      title: "Share that is asked for",
      unit: "percentunit",
      width: 8,
      limits: fullLimits,
      queries: ["cpu", "memory"].map((resource) => ({
        expr: `${requested(resource)} / ${allocatable(resource)}`,
        legend: resource,
      })),
    }),
    table({
      title: "Fullest quotas",
      unit: "percentunit",
      width: 12,
      queries: [
        {
          expr: 'topk(15, max by (namespace, resource) (kube_resourcequota{type="used"} / on (namespace, resourcequota, resource) (kube_resourcequota{type="hard"} > 0)))',
          legend: "used",
        },
      ],
    }),
    table({
      title: "Fullest disks",
      unit: "percentunit",
      width: 12,
      queries: [
        {
          expr: "topk(15, max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_used_bytes / kubelet_volume_stats_capacity_bytes))",
          legend: "full",
        },
      ],
    }),
  ],
};

function pods({ records }: Subject): Rows {
  const ours = `namespace=~"${[...new Set(records.map(({ product }) => product))].join("|")}"`;
  return {
    title: "Pods",
    panels: [
      graph({
        title: "Without a node",
        unit: "short",
        width: 8,
        queries: [
          { expr: "sum by (namespace) (kube_pod_status_unschedulable)", legend: "{{namespace}}" },
        ],
      }),
      graph({
        title: "Restarts within an hour",
        unit: "short",
        width: 8,
        queries: [
          {
            expr: `sum by (namespace, container) (increase(kube_pod_container_status_restarts_total{${ours}}[1h])) > 0`,
            legend: "{{namespace}} {{container}}",
          },
        ],
      }),
      table({
        title: "Cannot start, or do not become ready",
        width: 8,
        nothing: "none",
        queries: [
          {
            expr: `sum by (namespace, pod, reason) (kube_pod_container_status_waiting_reason{${ours}}) > 0`,
            legend: "waits",
          },
        ],
      }),
    ],
  };
}

function autoscalers({ nodeAutoscaler }: Subject): Rows {
  const scaled = graph({
    title: "Services at their most pods",
    about: "1 where a service has as many pods as it may have: more load would find no more.",
    unit: "percentunit",
    width: 12,
    queries: [
      {
        expr: "max by (namespace, horizontalpodautoscaler) (kube_horizontalpodautoscaler_status_current_replicas / on (namespace, horizontalpodautoscaler) kube_horizontalpodautoscaler_spec_max_replicas)",
        legend: "{{horizontalpodautoscaler}}",
      },
    ],
  });
  const nodesOf =
    nodeAutoscaler === "karpenter"
      ? graph({
          title: "Karpenter: share of each pool's limit",
          unit: "percentunit",
          width: 12,
          queries: [
            {
              expr: "karpenter_nodepools_usage / (karpenter_nodepools_limit > 0)",
              legend: "{{nodepool}} {{resource_type}}",
            },
          ],
        })
      : graph({
          title: "Cluster Autoscaler: nodes that could not be started",
          unit: "short",
          width: 12,
          queries: [
            {
              expr: "sum by (reason) (increase(cluster_autoscaler_failed_scale_ups_total[1h]))",
              legend: "{{reason}}",
            },
          ],
        });
  return { title: "Scaling", panels: [scaled, nodesOf] };
}

const controlPlane: Rows = {
  title: "Control plane",
  panels: [
    graph({
      title: "Requests to the API that fail, a second",
      unit: "reqps",
      width: 8,
      queries: [
        {
          expr: `sum by (code) (rate(apiserver_request_total{code=~"5.."}[${perPixel}]))`,
          legend: "{{code}}",
        },
      ],
    }),
    graph({
      title: "Size of the cluster's database",
      about: "At 8 GiB it takes no change any more.",
      unit: "bytes",
      width: 8,
      limits: { colors: ["green", "red"], at: [6e9] },
      queries: [{ expr: "max(apiserver_storage_size_bytes)", legend: "size" }],
    }),
    graph({
      title: "Names that cannot be resolved, and how long the others take",
      unit: "short",
      width: 8,
      queries: [
        {
          expr: `sum(rate(coredns_dns_responses_total{rcode="SERVFAIL"}[${perPixel}])) / sum(rate(coredns_dns_responses_total[${perPixel}]))`,
          legend: "share that fails",
        },
        {
          expr: `histogram_quantile(0.99, sum by (le) (rate(coredns_dns_request_duration_seconds_bucket[${perPixel}])))`,
          legend: "99 % within seconds",
        },
      ],
    }),
  ],
};
