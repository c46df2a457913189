import { spreadOverZones } from "../shared/zone-spread";
import { stringify } from "yaml";
import type { ObservabilityStackSpec } from "./args";
import { cloudwatchMetrics, ownMetrics } from "./cloudwatch-metrics";
import {
  budgetOf,
  imageByDigest,
  imageByTag,
  noRights,
  onSystemNodes,
  resourcesOf,
  unprivileged,
} from "./hardening";
import { podLabels, ports } from "./parts";
import { blackboxReplicas, sizes } from "./sizes";

/** Name of the way to ask for a page that answers with this status. */
export function probeModule(status: number): string {
  return `http_${status}`;
}

/** Values of the chart prometheus-blackbox-exporter; keys are those of version 11.17. */
export function blackboxValues(spec: ObservabilityStackSpec): Record<string, unknown> {
  const replicas = blackboxReplicas(spec);
  const statuses = [...new Set(spec.pages.map(({ expectedStatus }) => expectedStatus))].sort();
  return {
    fullnameOverride: "blackbox-exporter",
    image: imageByDigest(spec.images.blackboxExporter),
    replicas,
    config: {
      // The chart's own would follow any redirect to anywhere.
      modules: {
        http_2xx: null,
        ...Object.fromEntries(statuses.map((status) => [probeModule(status), moduleFor(status)])),
      },
    },
    resources: resourcesOf(sizes.blackboxExporter),
    podSecurityContext: unprivileged(10_001),
    securityContext: noRights,
    podDisruptionBudget: budgetOf(replicas) ?? {},
    topologySpreadConstraints: spreadOverZones(podLabels.blackboxExporter),
    nodeSelector: onSystemNodes,
    serviceMonitor: { selfMonitor: { enabled: true } },
  };
}

function moduleFor(status: number) {
  return {
    prober: "http",
    timeout: "10s",
    http: {
      valid_status_codes: [status],
      follow_redirects: false,
      fail_if_not_ssl: true,
      preferred_ip_protocol: "ip4",
      ip_protocol_fallback: false,
    },
  };
}

/** Values of the chart prometheus-yet-another-cloudwatch-exporter; keys are those of version 0.47. */
export function cloudwatchValues(spec: ObservabilityStackSpec): Record<string, unknown> {
  return {
    fullnameOverride: "cloudwatch-exporter",
    image: imageByTag(spec.images.cloudwatchExporter),
    // Every answer of CloudWatch is paid for: a second one would double the bill, and the series.
    replicaCount: 1,
    containerPort: ports.cloudwatchExporter,
    serviceAccount: {
      create: true,
      name: "cloudwatch-exporter",
      automountServiceAccountToken: false,
    },
    podSecurityContext: unprivileged(65_534),
    securityContext: noRights,
    resources: resourcesOf(sizes.cloudwatchExporter),
    nodeSelector: onSystemNodes,
    testConnection: false,
    serviceMonitor: { enabled: true },
    config: stringify(cloudwatchConfiguration(spec)),
  };
}

/** A weekly report and a weekly restore are seen until the next one: CloudWatch is asked for more than a week. */
const ownLengthSeconds = 8 * 86_400;

/** Of what carries the environment's tag: the same account may hold another's. */
function cloudwatchConfiguration({ region, environment }: ObservabilityStackSpec) {
  return {
    apiVersion: "v1alpha1",
    "sts-region": region,
    discovery: {
      jobs: cloudwatchMetrics.map(({ namespace, metrics, periodSeconds }) => ({
        type: namespace,
        regions: [region],
        searchTags: [{ key: "environment", value: `^${environment}$` }],
        period: periodSeconds,
        length: Math.max(periodSeconds, 600),
        metrics: Object.entries(metrics).map(([name, statistics]) => ({ name, statistics })),
      })),
    },
    customNamespace: ownMetrics.map(({ namespace, metrics, periodSeconds }) => ({
      name: namespace.replace("/", "-").toLowerCase(),
      namespace,
      regions: [region],
      period: periodSeconds,
      length: ownLengthSeconds,
      // Else a day would be seen when it is over.
      roundingPeriod: 300,
      metrics: Object.entries(metrics).map(([name, statistics]) => ({ name, statistics })),
    })),
  };
}
