import type { Controller } from "./peers";

const named = (name: string, instance: string) => ({
  "app.kubernetes.io/name": name,
  "app.kubernetes.io/instance": instance,
});
const stack = "kube-prometheus-stack";
const collector = "opentelemetry-collector";

/** Of a part that calls nothing but what it names. */
const quiet = { callsApiServer: false, callsAws: false, usesPodIdentity: false } as const;
const inMonitoring = { ...quiet, namespace: "monitoring" } as const;

/** What watches the platform, part by part, with the labels that charts and operator give to pods. */
export const observers: readonly Controller[] = [
  {
    ...inMonitoring,
    name: "prometheus",
    labels: {
      "app.kubernetes.io/name": "prometheus",
      "app.kubernetes.io/instance": "kps-prometheus",
      "app.kubernetes.io/managed-by": "prometheus-operator",
      "operator.prometheus.io/name": "kps-prometheus",
      prometheus: "kps-prometheus",
    },
    metricsPort: 9090,
    otherMetricsPorts: [8080],
    callsApiServer: true,
    readsMetrics: true,
  },
  {
    ...inMonitoring,
    name: "alertmanager",
    labels: {
      "app.kubernetes.io/name": "alertmanager",
      "app.kubernetes.io/instance": "kps-alertmanager",
      "app.kubernetes.io/managed-by": "prometheus-operator",
      alertmanager: "kps-alertmanager",
    },
    metricsPort: 9093,
    otherMetricsPorts: [8080],
    callsAws: true,
    usesPodIdentity: true,
    callsControllers: [
      { name: "alertmanager", port: 9094 },
      { name: "alertmanager", port: 9094, protocol: "UDP" },
    ],
  },
  {
    ...inMonitoring,
    name: "prometheus-operator",
    labels: { app: "kube-prometheus-stack-operator", release: stack },
    metricsPort: 8080,
    callsApiServer: true,
  },
  {
    ...inMonitoring,
    name: "kube-state-metrics",
    labels: named("kube-state-metrics", stack),
    metricsPort: 8080,
    callsApiServer: true,
  },
  {
    ...inMonitoring,
    name: "grafana",
    labels: named("grafana", stack),
    metricsPort: 3000,
    callsApiServer: true,
    callsAws: true,
    asksPrometheus: true,
    callsControllers: [
      { name: "alertmanager", port: 9093 },
      { name: "loki", port: 3100 },
      { name: "jaeger", port: 16_686 },
    ],
  },
  {
    ...inMonitoring,
    name: "blackbox-exporter",
    labels: named("prometheus-blackbox-exporter", "blackbox-exporter"),
    metricsPort: 9115,
    callsAws: true,
  },
  {
    ...inMonitoring,
    name: "cloudwatch-exporter",
    labels: named("prometheus-yet-another-cloudwatch-exporter", "cloudwatch-exporter"),
    metricsPort: 5000,
    callsAws: true,
    usesPodIdentity: true,
  },
  {
    ...quiet,
    name: "loki",
    namespace: "logging",
    labels: { ...named("loki", "loki"), "app.kubernetes.io/component": "single-binary" },
    metricsPort: 3100,
    callsAws: true,
    usesPodIdentity: true,
    callsControllers: [3100, 9095, 7946].map((port) => ({ name: "loki", port })),
  },
  {
    ...quiet,
    name: "otel-agent",
    namespace: "node-agents",
    labels: { ...named(collector, "otel-agent"), component: "agent-collector" },
    metricsPort: 8888,
    takesTelemetry: [4317, 4318],
    callsApiServer: true,
    callsControllers: [
      { name: "otel-gateway", port: 4317 },
      { name: "loki", port: 3100 },
    ],
  },
  {
    ...quiet,
    name: "otel-gateway",
    namespace: "tracing",
    labels: { ...named(collector, "otel-gateway"), component: "standalone-collector" },
    metricsPort: 8888,
    otherMetricsPorts: [8889],
    callsControllers: [{ name: "jaeger", port: 4317 }],
  },
  {
    ...quiet,
    name: "jaeger",
    namespace: "tracing",
    labels: { ...named("jaeger", "jaeger"), "app.kubernetes.io/component": "all-in-one" },
    metricsPort: 8888,
    usesPodIdentity: true,
    callsStores: ["opensearch"],
  },
];
