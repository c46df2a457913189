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
  const common = collectorValues(spec);
  return {
    ...common,
    // Otherwise lines that were read wait in memory, while the place up to where they were read is kept already.
    command: { ...common.command, extraArgs: ["--feature-gates=stanza.synchronousLogEmitter"] },
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
  const common = ["memory_limiter", "k8sattributes", "resource"];
  return {
    extensions: { health_check: healthCheck },
    receivers: { otlp: otlpReceiver, filelog: linesOfContainers },
    processors: {
      memory_limiter: memoryLimiter,
      k8sattributes: podAttributes,
      resource: { attributes: placeAttributes(spec) },
      "transform/structure": structure,
      "transform/redact": redaction,
    },
    exporters: { "otlphttp/loki": toLoki, loadbalancing: toGateways },
    service: {
      extensions: ["health_check"],
      telemetry: ownTelemetry,
      pipelines: {
        traces: {
          receivers: ["otlp"],
          processors: [...common, "transform/redact"],
          exporters: ["loadbalancing"],
        },
        logs: {
          receivers: ["otlp"],
          processors: [...common, "transform/structure", "transform/redact"],
          exporters: ["otlphttp/loki"],
        },
      },
    },
  };
}

/**
 * On top of the chart's preset. What it has read is kept beside the queue, so from the beginning means: from where it was,
 * and all of what began while it was away. A line that the queue refuses waits, and the file with it.
 */
const linesOfContainers = {
  start_at: "beginning",
  retry_on_failure: { enabled: true, max_elapsed_time: "0s" },
};

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

/** As OpenTelemetry for Python writes it into lines of text, where it is asked to. */
const plainTrace =
  "\\\\btrace_id=(?P<trace_id>[0-9a-f]{32}) span_id=(?P<span_id>[0-9a-f]{16})\\\\b";

/** Of lines in JSON: their level, and the trace that they belong to, under whichever name the service writes it. */
const structure = {
  error_mode: "ignore",
  log_statements: [
    // What is redacted, and kept, is text.
    "set(log.body, String(log.body)) where IsMap(log.body) or IsList(log.body)",
    'merge_maps(log.cache, ParseJSON(log.body), "upsert") where IsString(log.body) and IsMatch(log.body, "^\\\\s*\\\\{")',
    ...["level", "severity", "levelname"].map(
      (name) => `set(log.severity_text, log.cache["${name}"]) where IsString(log.cache["${name}"])`,
    ),
    `merge_maps(log.cache, ExtractPatterns(log.body, "${plainTrace}"), "upsert") where IsString(log.body) and IsMatch(log.body, "${plainTrace}")`,
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

/**
 * What was taken is on the node's disk before it is said to be taken: a processor that collects batches would hold it in
 * memory for a while, so the queue does that on its way out. For ever, until the disk's share is used: then senders and
 * files wait.
 */
const untilItArrives = {
  sending_queue: {
    enabled: true,
    storage: "file_storage",
    sizer: "bytes",
    queue_size: 256 * 2 ** 20,
    num_consumers: 4,
    batch: { sizer: "items", flush_timeout: "2s", min_size: 2048, max_size: 4096 },
  },
  retry_on_failure: {
    enabled: true,
    initial_interval: "1s",
    max_interval: "30s",
    max_elapsed_time: "0s",
  },
};

const toLoki = { endpoint: `${addresses.loki}/otlp`, ...untilItArrives };

/** All spans of a trace to the same gateway: it decides on the whole. */
const toGateways = {
  routing_key: "traceID",
  resolver: {
    dns: { hostname: addresses.gateway, port: String(ports.otlpGrpc), interval: "5s" },
  },
  protocol: {
    otlp: {
      timeout: "5s",
      tls: { insecure: true },
      // By default each gateway has a queue in memory, which takes what the one on disk then forgets.
      sending_queue: { enabled: false },
      retry_on_failure: { enabled: false },
    },
  },
  ...untilItArrives,
};
