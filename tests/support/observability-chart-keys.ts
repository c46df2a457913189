/**
 * Keys that charts of the observability stack read without giving them a default, by chart; all below those that end with
 * a dot. What stands here was seen to take effect in what the charts render.
 */
export const observabilityChartKeys: Readonly<Record<string, readonly string[]>> = {
  "kube-prometheus-stack": [
    // Handed to Alertmanager as it is.
    "alertmanager.config.",
    // Named in comments of values.yaml.
    "alertmanager.alertmanagerSpec.storage.",
    "prometheus.prometheusSpec.storageSpec.",
    "prometheusOperator.containerSecurityContext.seccompProfile",
    // Of the charts that it contains, which are judged by their own values.
    ...["grafana.", "kube-state-metrics.", "prometheus-node-exporter."],
  ],
  grafana: [
    // The stack's own, beside those of the chart that it contains.
    ...["defaultDashboardsEnabled", "defaultDashboardsEditable"],
    ...["fullnameOverride", "grafana.ini.", "datasources.", "env."],
    ...["securityContext.seccompProfile", "containerSecurityContext.readOnlyRootFilesystem"],
    "sidecar.securityContext.readOnlyRootFilesystem",
  ],
  "kube-state-metrics": ["containerSecurityContext.seccompProfile", "priorityClassName"],
  "prometheus-node-exporter": ["containerSecurityContext.", "priorityClassName"],
  // Both are Loki's own settings, handed on as they are.
  loki: ["loki.storage.bucketNames", "loki.storage.bucketNames.", "loki.limits_config."],
  "opentelemetry-collector": [
    ...["service.clusterIP", "service.enabled", "ports.spanmetrics", "podDisruptionBudget."],
  ],
  jaeger: [
    ...["jaeger.strategy", "jaeger.topologySpreadConstraints", "jaeger.resources"],
    "jaeger.podSecurityContext.",
  ],
  "prometheus-blackbox-exporter": [
    ...["config.modules.", "securityContext.seccompProfile", "fullnameOverride"],
  ],
};
