import { type Amounts } from "../shared/container-resources";
import { parseBytes, parseCpu } from "../shared/quantities";
import type { ComputeResources } from "../shared/service-record";
import type { ObservabilityStackArgs } from "./args";

/** What the parts ask for that do not grow with the platform's traffic. */
export const sizes = {
  operator: { cpu: "100m", memory: "256Mi" },
  configReloader: { cpu: "10m", memory: "64Mi" },
  alertmanager: { cpu: "50m", memory: "128Mi" },
  kubeStateMetrics: { cpu: "50m", memory: "256Mi" },
  grafana: { cpu: "200m", memory: "512Mi" },
  grafanaSidecar: { cpu: "50m", memory: "128Mi" },
  blackboxExporter: { cpu: "50m", memory: "64Mi" },
  cloudwatchExporter: { cpu: "100m", memory: "256Mi" },
  nodeExporter: { cpu: "30m", memory: "64Mi" },
  agent: { cpu: "100m", memory: "256Mi" },
} as const satisfies Record<string, ComputeResources>;

type Sized = Pick<ObservabilityStackArgs, "metrics"> & {
  readonly alerting: { readonly replicas: number };
  readonly logs: Pick<ObservabilityStackArgs["logs"], "replicas" | "requests">;
  readonly traces: Pick<
    ObservabilityStackArgs["traces"],
    "gateways" | "gatewayRequests" | "replicas" | "requests"
  >;
};

/** Probes of the public pages run over zones wherever Prometheus does. */
export function blackboxReplicas({ metrics }: Pick<ObservabilityStackArgs, "metrics">): number {
  return metrics.replicas > 1 ? 2 : 1;
}

/** What each pod of the stack asks for, but those that are on every node. */
export function observabilityPods({ metrics, alerting, logs, traces }: Sized): Amounts[] {
  const reloader = sizes.configReloader;
  return [
    ...times(metrics.replicas, metrics.requests, reloader),
    ...times(alerting.replicas, sizes.alertmanager, reloader),
    ...times(1, sizes.operator),
    ...times(1, sizes.kubeStateMetrics),
    ...times(1, sizes.grafana, sizes.grafanaSidecar),
    ...times(blackboxReplicas({ metrics }), sizes.blackboxExporter),
    ...times(1, sizes.cloudwatchExporter),
    ...times(logs.replicas, logs.requests),
    ...times(traces.gateways, traces.gatewayRequests),
    ...times(traces.replicas, traces.requests),
  ];
}

function times(count: number, ...containers: readonly ComputeResources[]): Amounts[] {
  const pod = {
    cpu: containers.reduce((sum, { cpu }) => sum + parseCpu(cpu), 0),
    memory: containers.reduce((sum, { memory }) => sum + parseBytes(memory), 0),
    ephemeralStorage: 0,
  };
  return Array.from({ length: count }, () => pod);
}
