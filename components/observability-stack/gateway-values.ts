import { spreadOverZones } from "../shared/zone-spread";
import type { ObservabilityStackSpec } from "./args";
import {
  collectorValues,
  healthCheck,
  memoryLimiter,
  ordinaryPod,
  otlpReceiver,
  ownAddress,
  ownTelemetry,
} from "./collector-values";
import { budgetOf, resourcesOf } from "./hardening";
import { addresses, podLabels, ports } from "./parts";

/** Until a trace is decided on, from its first span: as long as the slowest call that is common, that of a language model. */
const decisionSeconds = 30;
/** Traces that wait for their decision at a time; some 30 KiB each, at the most half of the smallest gateway. */
const waitingTraces = 20_000;
/** What is slower than this is kept: twice the objective of the critical services. */
const slowMilliseconds = 1000;

/** Measures every span, then keeps the traces that tell something. */
export function gatewayValues(spec: ObservabilityStackSpec): Record<string, unknown> {
  const common = collectorValues(spec);
  const { gateways, gatewayRequests } = spec.traces;
  const budget = budgetOf(gateways);
  return {
    ...common,
    ...ordinaryPod,
    mode: "deployment",
    fullnameOverride: "otel-gateway",
    replicaCount: gateways,
    // A gateway more or less moves traces that are under way to another: none comes and goes by load.
    autoscaling: { enabled: false },
    alternateConfig: gatewayConfiguration(spec),
    ports: {
      ...common.ports,
      spanmetrics: {
        enabled: true,
        containerPort: ports.spanMetrics,
        servicePort: ports.spanMetrics,
        protocol: "TCP",
      },
    },
    serviceAccount: { create: true, name: "otel-gateway", automountServiceAccountToken: false },
    resources: resourcesOf(gatewayRequests),
    topologySpreadConstraints: spreadOverZones(podLabels.gateway),
    podDisruptionBudget: { enabled: budget !== undefined, ...budget },
    // Long enough for the traces that wait.
    terminationGracePeriodSeconds: decisionSeconds + 15,
    // Without an address of its own: agents choose the gateway by the trace.
    service: { enabled: true, clusterIP: "None" },
    podMonitor: {
      enabled: true,
      metricsEndpoints: [{ port: "metrics" }, { port: "spanmetrics", honorLabels: true }],
    },
  };
}

function gatewayConfiguration({ traces }: ObservabilityStackSpec): Record<string, unknown> {
  return {
    extensions: { health_check: healthCheck },
    receivers: { otlp: otlpReceiver },
    connectors: { spanmetrics: spanMetrics },
    processors: {
      memory_limiter: memoryLimiter,
      tail_sampling: {
        decision_wait: `${decisionSeconds}s`,
        num_traces: waitingTraces,
        policies: samplingPolicies(traces),
      },
      batch: { timeout: "2s", send_batch_size: 2048, send_batch_max_size: 4096 },
    },
    exporters: {
      "otlp/jaeger": {
        endpoint: `${addresses.jaeger}:${ports.otlpGrpc}`,
        tls: { insecure: true },
        sending_queue: { enabled: true, queue_size: 2000, num_consumers: 4 },
        retry_on_failure: { enabled: true, max_elapsed_time: "300s" },
      },
      prometheus: {
        endpoint: `${ownAddress}:${ports.spanMetrics}`,
        enable_open_metrics: true,
        metric_expiration: "10m",
      },
    },
    service: {
      extensions: ["health_check"],
      telemetry: ownTelemetry,
      pipelines: {
        // Before the sampling: what is measured is all that happened.
        "traces/measured": {
          receivers: ["otlp"],
          processors: ["memory_limiter"],
          exporters: ["spanmetrics"],
        },
        "traces/kept": {
          receivers: ["otlp"],
          processors: ["memory_limiter", "tail_sampling", "batch"],
          exporters: ["otlp/jaeger"],
        },
        metrics: { receivers: ["spanmetrics"], exporters: ["prometheus"] },
      },
    },
  };
}

const spanMetrics = {
  histogram: {
    unit: "s",
    // Those of the services' own histograms, and on to the minutes that an answer of a language model takes.
    explicit: {
      buckets: ["10ms", "50ms", "100ms", "250ms", "500ms", "1s", "2s", "5s", "10s", "30s", "120s"],
    },
  },
  dimensions: [{ name: "http.response.status_code" }],
  exemplars: { enabled: true, max_per_data_point: 2 },
  // Of all pods of a service together: series by pod would have the same labels, and nobody could read any.
  resource_metrics_key_attributes: ["service.name", "service.namespace"],
  metrics_flush_interval: "15s",
  metrics_expiration: "10m",
  // A service that puts identifiers into the names of its spans does not take the memory of all.
  aggregation_cardinality_limit: 5000,
};

function samplingPolicies({
  sampledPercent,
  sampledPercentByService = {},
}: ObservabilityStackSpec["traces"]) {
  return [
    { name: "errors", type: "status_code", status_code: { status_codes: ["ERROR"] } },
    { name: "slow", type: "latency", latency: { threshold_ms: slowMilliseconds } },
    ...Object.entries(sampledPercentByService).map(([service, percent]) => ({
      name: `some-of-${service}`,
      type: "and",
      and: {
        and_sub_policy: [
          {
            name: "of-the-service",
            type: "string_attribute",
            string_attribute: { key: "service.name", values: [service] },
          },
          {
            name: "some",
            type: "probabilistic",
            probabilistic: { sampling_percentage: percent },
          },
        ],
      },
    })),
    {
      name: "some-of-all",
      type: "probabilistic",
      probabilistic: { sampling_percentage: sampledPercent },
    },
  ];
}
