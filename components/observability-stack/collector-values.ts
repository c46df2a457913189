import type { ObservabilityStackSpec } from "./args";
import { noRights, onSystemNodes, unprivileged } from "./hardening";
import { ports } from "./parts";

/** Of a process in its own pod, not of every address of the node. */
export const ownAddress = "${env:MY_POD_IP}";

/** What agent and gateway have in common; keys are those of version 0.170 of the chart. */
export function collectorValues({ images }: ObservabilityStackSpec) {
  const { repository, tag, digest } = images.opentelemetryCollector;
  return {
    image: { repository, tag, ...(digest !== undefined && { digest }) },
    command: { name: "otelcol-contrib" },
    configMap: { create: true },
    ports: {
      otlp: { enabled: true, hostPort: 0 },
      "otlp-http": { enabled: true, hostPort: 0 },
      "jaeger-compact": { enabled: false },
      "jaeger-thrift": { enabled: false },
      "jaeger-grpc": { enabled: false },
      zipkin: { enabled: false },
      metrics: { enabled: true },
    },
    useGOMEMLIMIT: true,
  };
}

/** Of a collector that needs nothing of its node. */
export const ordinaryPod = {
  podSecurityContext: unprivileged(10_001),
  securityContext: noRights,
  nodeSelector: onSystemNodes,
  priorityClassName: "system-cluster-critical",
};

export const otlpReceiver = {
  protocols: {
    grpc: { endpoint: `${ownAddress}:${ports.otlpGrpc}` },
    http: { endpoint: `${ownAddress}:${ports.otlpHttp}` },
  },
};

/** First in every pipeline: rather refuse, and be asked again, than be killed with all that waits. */
export const memoryLimiter = {
  check_interval: "1s",
  limit_percentage: 80,
  spike_limit_percentage: 20,
};

export const healthCheck = { endpoint: `${ownAddress}:13133` };

export const ownTelemetry = {
  logs: { encoding: "json" },
  metrics: {
    readers: [
      {
        pull: {
          exporter: {
            prometheus: {
              ...{ host: ownAddress, port: ports.collectorMetrics },
              // Counters are named …_total in one of Prometheus' formats by themselves, and in the others only so.
              without_type_suffix: false,
            },
          },
        },
      },
    ],
  },
};
