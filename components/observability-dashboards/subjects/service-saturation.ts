import { availablePods, serviceSelector } from "../../observability-rules";
import type { ServiceRecord } from "../../shared/service-record";
import type { Rows } from "../layout";
import { graph, perPixel } from "../panels";

/** How near the service is to what it may take. */
export function saturationRow(record: ServiceRecord): Rows {
  const of = serviceSelector(record);
  const limit = (resource: string, kind: "requests" | "limits"): string =>
    `max(kube_pod_container_resource_${kind}{${of},resource="${resource}"})`;
  return {
    title: "Saturation",
    panels: [
      graph({
        title: "CPU of the busiest pod",
        about: "In cores, with what it asked for and may take at most.",
        unit: "short",
        width: 6,
        queries: [
          {
            expr: `max(sum by (pod) (rate(container_cpu_usage_seconds_total{${of}}[${perPixel}])))`,
            legend: "used",
          },
          { expr: limit("cpu", "requests"), legend: "asked for" },
          { expr: limit("cpu", "limits"), legend: "limit" },
        ],
      }),
      graph({
        title: "Memory of the fullest pod",
        about: "At its limit the container is ended.",
        unit: "bytes",
        width: 6,
        queries: [
          {
            expr: `max(sum by (pod) (container_memory_working_set_bytes{${of}}))`,
            legend: "used",
          },
          { expr: limit("memory", "requests"), legend: "asked for" },
          { expr: limit("memory", "limits"), legend: "limit" },
        ],
      }),
      ...podPanels(record),
    ],
  };
}

/** How many there are, and how they fare. */
function podPanels(record: ServiceRecord) {
  const { name, product } = record;
  const of = serviceSelector(record);
  const scaler = `{namespace="${product}",horizontalpodautoscaler="${name}"}`;
  return [
    graph({
      title: "Pods",
      unit: "short",
      width: 6,
      queries: [
        { expr: availablePods(record), legend: "ready" },
        {
          expr: `max(kube_horizontalpodautoscaler_status_current_replicas${scaler})`,
          legend: "there",
        },
        {
          expr: `max(kube_horizontalpodautoscaler_spec_max_replicas${scaler})`,
          legend: "at most",
        },
      ],
    }),
    graph({
      title: "Held back and restarted",
      about: "Share of the time in which a container had to wait for CPU; restarts within an hour.",
      unit: "short",
      width: 6,
      queries: [
        {
          expr: `sum(rate(container_cpu_cfs_throttled_periods_total{${of}}[${perPixel}])) / sum(rate(container_cpu_cfs_periods_total{${of}}[${perPixel}]))`,
          legend: "waits for CPU",
        },
        {
          expr: `sum(increase(kube_pod_container_status_restarts_total{${of}}[1h]))`,
          legend: "restarts",
        },
      ],
    }),
  ];
}
