import type { ObservabilityStackSpec } from "./args";
import {
  collectorValues,
  healthCheck,
  memoryLimiter,
  otlpReceiver,
  ownTelemetry,
} from "./collector-values";
import { noRights, resourcesOf } from "./hardening";
import { addresses, ports } from "./parts";
import { redaction } from "./redaction";
import { sizes } from "./sizes";

/** On every node: reads what containers write, and takes traces of the node's applications. */
export function agentValues(spec: ObservabilityStackSpec): Record<string, unknown> {
  return {
    ...collectorValues(spec),
    mode: "daemonset",
    fullnameOverride: "otel-agent",
    // The folder of the logs and the queue's, with the checkpoints in it.
    presets: {
      logsCollection: { enabled: true, storeCheckpoints: true, includeCollectorLogs: true },
    },
    alternateConfig: agentConfiguration(spec),
    serviceAccount: { create: true, name: "otel-agent" },
    clusterRole: { create: true, name: "otel-agent", rules: readsPods },
    resources: resourcesOf(sizes.agent),
    // Logs belong to the node's root, and are read by nobody else. It has no other right of root.
    securityContext: { ...noRights, runAsUser: 0, runAsGroup: 0 },
    podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
    tolerations: [{ operator: "Exists" }],
    priorityClassName: "system-node-critical",
    service: { enabled: true },
    podMonitor: { enabled: true, metricsEndpoints: [{ port: "metrics" }] },
  };
}

/** Whose pod it is that a line or a trace comes from. */
const readsPods = [
  { apiGroups: [""], resources: ["pods", "namespaces"], verbs: ["get", "list", "watch"] },
  { apiGroups: ["apps"], resources: ["replicasets"], verbs: ["get", "list", "watch"] },
];

/** The chart's preset adds the receiver of the logs, the storage of its checkpoints, and both to the pipeline. */
function agentConfiguration(spec: ObservabilityStackSpec): Record<string, unknown> {
  const common = ["memory_limiter", "k8sattributes", "resource", "transform/redact"];
  return {
    extensions: { health_check: healthCheck },
    receivers: { otlp: otlpReceiver },
    processors: {
      memory_limiter: memoryLimiter,
      k8sattributes: podAttributes,
      resource: { attributes: placeAttributes(spec) },
      "transform/structure": structure,
      "transform/redact": redaction,
      batch: { timeout: "2s", send_batch_size: 2048, send_batch_max_size: 4096 },
    },
    exporters: { "otlphttp/loki": toLoki, loadbalancing: toGateways },
    service: {
      extensions: ["health_check"],
      telemetry: ownTelemetry,
      pipelines: {
        traces: {
          receivers: ["otlp"],
          processors: [...common, "batch"],
          exporters: ["loadbalancing"],
        },
        logs: {
          receivers: ["otlp"],
          processors: [...common.slice(0, -1), "transform/structure", "transform/redact", "batch"],
          exporters: ["otlphttp/loki"],
        },
      },
    },
  };
}

const podAttributes = {
  auth_type: "serviceAccount",
  passthrough: false,
  filter: { node_from_env_var: "OTEL_K8S_NODE_NAME" },
  extract: {
    metadata: [
      "k8s.namespace.name",
      "k8s.pod.name",
      "k8s.pod.uid",
      "k8s.node.name",
      "k8s.deployment.name",
      "k8s.container.name",
    ],
    // From the catalogue, by way of the labels that it puts on every pod.
    labels: [
      { tag_name: "service.name", key: "app.kubernetes.io/name", from: "pod" },
      { tag_name: "service.namespace", key: "app.kubernetes.io/part-of", from: "pod" },
      { tag_name: "service.version", key: "app.kubernetes.io/version", from: "pod" },
      { tag_name: "team", key: "auterity.io/team", from: "pod" },
      { tag_name: "tier", key: "auterity.io/tier", from: "pod" },
    ],
  },
  pod_association: [
    { sources: [{ from: "resource_attribute", name: "k8s.pod.uid" }] },
    { sources: [{ from: "connection" }] },
  ],
};

function placeAttributes({ clusterName, environment }: ObservabilityStackSpec) {
  return [
    { key: "cluster", value: clusterName, action: "upsert" },
    { key: "k8s.cluster.name", value: clusterName, action: "upsert" },
    { key: "deployment.environment.name", value: environment, action: "upsert" },
  ];
}

/** Of lines in JSON: their level, and the trace that they belong to, under whichever name the service writes it. */
const structure = {
  error_mode: "ignore",
  log_statements: [
    'merge_maps(log.cache, ParseJSON(log.body), "upsert") where IsString(log.body) and IsMatch(log.body, "^\\\\s*\\\\{")',
    ...["level", "severity", "levelname"].map(
      (name) => `set(log.severity_text, log.cache["${name}"]) where IsString(log.cache["${name}"])`,
    ),
    ...["trace_id", "traceId", "otelTraceID"].map(
      (name) =>
        `set(log.trace_id.string, log.cache["${name}"]) where IsString(log.cache["${name}"]) and IsMatch(log.cache["${name}"], "^[0-9a-f]{32}$$")`,
    ),
    ...["span_id", "spanId", "otelSpanID"].map(
      (name) =>
        `set(log.span_id.string, log.cache["${name}"]) where IsString(log.cache["${name}"]) and IsMatch(log.cache["${name}"], "^[0-9a-f]{16}$$")`,
    ),
  ],
};

/** For ever: the disk of the node bounds what waits, by the number of batches. */
const untilItArrives = {
  enabled: true,
  initial_interval: "1s",
  max_interval: "30s",
  max_elapsed_time: "0s",
};

const toLoki = {
  endpoint: `${addresses.loki}/otlp`,
  sending_queue: { enabled: true, queue_size: 1000, num_consumers: 4, storage: "file_storage" },
  retry_on_failure: untilItArrives,
};

/** All spans of a trace to the same gateway: it decides on the whole. */
const toGateways = {
  routing_key: "traceID",
  resolver: {
    dns: { hostname: addresses.gateway, port: String(ports.otlpGrpc), interval: "5s" },
  },
  protocol: { otlp: { timeout: "5s", tls: { insecure: true } } },
  sending_queue: { enabled: true, queue_size: 1000, num_consumers: 4, storage: "file_storage" },
  retry_on_failure: untilItArrives,
};
