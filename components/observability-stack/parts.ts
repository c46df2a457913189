import { prometheus } from "../shared/prometheus-address";

/** Namespaces of the stack. In that of the agents pods see their node: its logs, its processes and its disks. */
export const namespaces = {
  monitoring: prometheus.namespace,
  logging: "logging",
  tracing: "tracing",
  agents: "node-agents",
} as const;

const collector = "opentelemetry-collector";

/** Labels of each part's pods: those that its Service selects by, no more and no fewer. */
export const podLabels = {
  prometheus: prometheus.podLabels,
  alertmanager: { "app.kubernetes.io/name": "alertmanager", alertmanager: "kps-alertmanager" },
  operator: { app: "kube-prometheus-stack-operator", release: "kube-prometheus-stack" },
  kubeStateMetrics: named("kube-state-metrics", "kube-prometheus-stack"),
  grafana: named("grafana", "kube-prometheus-stack"),
  blackboxExporter: named("prometheus-blackbox-exporter", "blackbox-exporter"),
  cloudwatchExporter: named("prometheus-yet-another-cloudwatch-exporter", "cloudwatch-exporter"),
  loki: { ...named("loki", "loki"), "app.kubernetes.io/component": "single-binary" },
  agent: { ...named(collector, "otel-agent"), component: "agent-collector" },
  gateway: { ...named(collector, "otel-gateway"), component: "standalone-collector" },
  jaeger: { ...named("jaeger", "jaeger"), "app.kubernetes.io/component": "all-in-one" },
} as const;

function named(name: string, instance: string) {
  return { "app.kubernetes.io/name": name, "app.kubernetes.io/instance": instance };
}

/** Container ports. */
export const ports = {
  prometheus: prometheus.port,
  configReloader: 8080,
  alertmanager: 9093,
  alertmanagerGossip: 9094,
  operator: 8080,
  kubeStateMetrics: 8080,
  grafana: 3000,
  blackboxExporter: 9115,
  cloudwatchExporter: 5000,
  nodeExporter: 9100,
  kubelet: 10_250,
  coreDns: 9153,
  loki: 3100,
  lokiGrpc: 9095,
  lokiMembers: 7946,
  otlpGrpc: 4317,
  otlpHttp: 4318,
  collectorMetrics: 8888,
  spanMetrics: 8889,
  jaegerQuery: 16_686,
  opensearch: 443,
} as const;

/** Alertmanagers tell each other by UDP too, which the group of the nodes must let through between them. */
export const observabilityUdpPorts = { "alertmanager-gossip": ports.alertmanagerGossip } as const;

/** Where applications send traces and logs: the agent on their own node, which the Service prefers over all others. */
export const telemetryAgent = {
  namespace: namespaces.agents,
  podLabels: podLabels.agent,
  ports: [ports.otlpGrpc, ports.otlpHttp],
  /** OTLP over gRPC. */
  endpoint: `http://otel-agent.${namespaces.agents}.svc.cluster.local:${ports.otlpGrpc}`,
} as const;

export const addresses = {
  loki: `http://loki.${namespaces.logging}.svc.cluster.local:${ports.loki}`,
  gateway: `otel-gateway.${namespaces.tracing}.svc.cluster.local`,
  jaeger: `jaeger.${namespaces.tracing}.svc.cluster.local`,
  blackbox: `blackbox-exporter.${namespaces.monitoring}.svc.cluster.local:${ports.blackboxExporter}`,
  alertmanager: `http://kps-alertmanager.${namespaces.monitoring}.svc.cluster.local:${ports.alertmanager}`,
} as const;
