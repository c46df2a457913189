import { spreadOverZones } from "../shared/zone-spread";
import type { ObservabilityStackSpec } from "./args";
import { imageByDigest, noRights, onSystemNodes, resourcesOf, unprivileged } from "./hardening";
import { podLabels, ports } from "./parts";

/** Claim of the disk in which "badger" keeps traces. */
export const traceClaimName = "jaeger-traces";
const badgerFolder = "/badger";

/** Values of the chart jaeger; keys are those of version 4.11. */
export function jaegerValues(spec: ObservabilityStackSpec): Record<string, unknown> {
  const { traces, images } = spec;
  const onDisk = traces.storage.kind === "badger";
  return {
    fullnameOverride: "jaeger",
    jaeger: {
      enabled: true,
      replicas: traces.replicas,
      // A disk is one pod's: the old one goes first.
      strategy: onDisk
        ? { type: "Recreate" }
        : { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      image: imageByDigest(images.jaeger),
      resources: resourcesOf(traces.requests),
      podSecurityContext: unprivileged(10_001),
      securityContext: noRights,
      serviceAccount: { automountServiceAccountToken: false },
      nodeSelector: onSystemNodes,
      topologySpreadConstraints: spreadOverZones(podLabels.jaeger),
      ...(onDisk && {
        extraVolumes: [{ name: "traces", persistentVolumeClaim: { claimName: traceClaimName } }],
        extraVolumeMounts: [{ name: "traces", mountPath: badgerFolder }],
      }),
    },
    userconfig: jaegerConfiguration(spec),
  };
}

function jaegerConfiguration(spec: ObservabilityStackSpec): Record<string, unknown> {
  const signed = spec.traces.storage.kind === "opensearch";
  return {
    extensions: {
      healthcheckv2: { use_v2: true, http: { endpoint: "0.0.0.0:13133" } },
      ...(signed && { sigv4auth: { region: spec.region, service: "es" } }),
      jaeger_storage: { backends: { traces: backend(spec) } },
      jaeger_query: {
        storage: { traces: "traces" },
        http: { endpoint: `0.0.0.0:${ports.jaegerQuery}` },
      },
    },
    receivers: { otlp: { protocols: { grpc: { endpoint: `0.0.0.0:${ports.otlpGrpc}` } } } },
    processors: { batch: {} },
    exporters: { jaeger_storage_exporter: { trace_storage: "traces" } },
    service: {
      extensions: [
        ...(signed ? ["sigv4auth"] : []),
        "jaeger_storage",
        "jaeger_query",
        "healthcheckv2",
      ],
      pipelines: {
        traces: {
          receivers: ["otlp"],
          processors: ["batch"],
          exporters: ["jaeger_storage_exporter"],
        },
      },
      telemetry: {
        resource: { "service.name": "jaeger" },
        metrics: {
          level: "detailed",
          readers: [
            {
              pull: { exporter: { prometheus: { host: "0.0.0.0", port: ports.collectorMetrics } } },
            },
          ],
        },
      },
    },
  };
}

function backend({ traces }: ObservabilityStackSpec) {
  const { storage, retentionDays } = traces;
  if (storage.kind === "badger")
    return {
      badger: {
        directories: { keys: `${badgerFolder}/keys`, values: `${badgerFolder}/values` },
        ephemeral: false,
        ttl: { spans: `${retentionDays * 24}h` },
      },
    };
  return {
    opensearch: {
      server_urls: [storage.endpoint],
      auth: { authenticator: "sigv4auth" },
      indices: {
        index_prefix: traceIndexPrefix,
        spans: oneADay,
        services: oneADay,
        dependencies: oneADay,
      },
    },
  };
}

/** Names of the indices begin with it. */
export const traceIndexPrefix = "jaeger";

/** An index by day, which goes as a whole when it is old; in a second zone too. */
const oneADay = { date_layout: "2006-01-02", rollover_frequency: "day", shards: 3, replicas: 1 };
