import { spreadOverZones } from "../shared/zone-spread";
import type { ObservabilityStackSpec } from "./args";
import { imageByDigest, onSystemNodes, resourcesOf } from "./hardening";
import { podLabels } from "./parts";

/** Parts of the larger ways to run Loki, and what would come with the chart by itself. */
const unused = {
  write: { replicas: 0 },
  read: { replicas: 0 },
  backend: { replicas: 0 },
  // Agents write to Loki, and Grafana asks it, without a proxy between.
  gateway: { enabled: false },
  // One gigabyte and more each, for queries that nobody waits for.
  chunksCache: { enabled: false },
  resultsCache: { enabled: false },
  lokiCanary: { enabled: false },
  test: { enabled: false },
  minio: { enabled: false },
  rollout_operator: { enabled: false },
  sidecar: { rules: { enabled: false } },
};

/**
 * What logs are found by. Few, and none with many values: each combination is a stream of its own. The rest, such as the
 * pod and the trace, is kept beside each line.
 */
const indexLabels = [
  "cluster",
  "service.name",
  "service.namespace",
  "k8s.namespace.name",
  "k8s.container.name",
  "team",
];

/** As queries spell them. */
export const logLabels: readonly string[] = indexLabels.map((label) => label.replaceAll(".", "_"));

/** Values of the chart loki; keys are those of version 18.11. */
export function lokiValues(spec: ObservabilityStackSpec): Record<string, unknown> {
  const { logs, images, region } = spec;
  const { replicas, requests, storageGiB, bucketName } = logs;
  return {
    ...unused,
    fullnameOverride: "loki",
    deploymentMode: "Monolithic",
    loki: {
      image: imageByDigest(images.loki),
      // One tenant: network policies say who writes and who asks.
      auth_enabled: false,
      analytics: { reporting_enabled: false },
      commonConfig: { replication_factor: replicas },
      schemaConfig: { configs: [schema] },
      storage: {
        type: "s3",
        bucketNames: { chunks: bucketName, ruler: bucketName },
        s3: { region },
      },
      limits_config: limits(logs.retentionDays),
      compactor: {
        working_directory: "/var/loki/compactor",
        retention_enabled: true,
        delete_request_store: "s3",
      },
    },
    serviceAccount: { create: true, name: "loki", automountServiceAccountToken: false },
    rbac: { namespaced: true },
    singleBinary: {
      replicas,
      sidecar: false,
      resources: resourcesOf(requests),
      persistence: { enabled: true, size: `${storageGiB}Gi`, storageClass: "gp3" },
      podDisruptionBudget: { enabled: replicas > 1, maxUnavailable: 1 },
      topologySpreadConstraints: spreadOverZones(podLabels.loki),
      nodeSelector: onSystemNodes,
      priorityClassName: "system-cluster-critical",
      // What is not written yet is flushed first.
      terminationGracePeriodSeconds: 120,
    },
    monitoring: {
      serviceMonitor: { enabled: true, interval: "30s" },
      rules: { enabled: true },
      alerts: { enabled: true },
    },
  };
}

const schema = {
  from: "2026-01-01",
  store: "tsdb",
  object_store: "s3",
  schema: "v13",
  index: { prefix: "index_", period: "24h" },
};

function limits(retentionDays: number) {
  return {
    retention_period: `${retentionDays * 24}h`,
    allow_structured_metadata: true,
    reject_old_samples: true,
    reject_old_samples_max_age: "168h",
    volume_enabled: true,
    // A service that logs in a loop is told of, and does not take the others' room.
    ingestion_rate_mb: 16,
    ingestion_burst_size_mb: 32,
    per_stream_rate_limit: "4MB",
    per_stream_rate_limit_burst: "16MB",
    max_line_size: "256KB",
    max_line_size_truncate: true,
    otlp_config: {
      resource_attributes: {
        ignore_defaults: true,
        attributes_config: [{ action: "index_label", attributes: indexLabels }],
      },
    },
  };
}
