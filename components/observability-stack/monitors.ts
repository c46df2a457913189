import * as k8s from "@pulumi/kubernetes";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { ObservabilityStackSpec, ScrapeTarget } from "./args";
import { probeModule } from "./exporter-values";
import { addresses, namespaces, podLabels, ports } from "./parts";

const monitorApi = "monitoring.coreos.com/v1";
const { monitoring, tracing } = namespaces;

/** What Prometheus reads beside what the charts bring monitors for; after the kinds are there. */
export function createMonitors(
  name: string,
  { targets, pages }: ObservabilityStackSpec,
  options: CustomResourceOptions,
): k8s.apiextensions.CustomResource[] {
  const all: Record<string, ScrapeTarget> = {
    jaeger: { namespace: tracing, podLabels: podLabels.jaeger, port: ports.collectorMetrics },
    ...targets,
  };
  return [
    ...Object.entries(all).map(([job, target]) => podMonitor(name, { job, target }, options)),
    ...pages.map((page) => {
      const key = `${page.service}-${new URL(page.url).pathname.replaceAll("/", "-").replace(/^-+|-+$/g, "") || "root"}`;
      return probe(name, { key, page }, options);
    }),
  ];
}

/**
 * By the pods and not by a Service, so that the new pods of a blue-green release are read before it leads to them, and each
 * pod once. The job is the name in the catalogue.
 */
function podMonitor(
  name: string,
  { job, target }: { readonly job: string; readonly target: ScrapeTarget },
  options: CustomResourceOptions,
): k8s.apiextensions.CustomResource {
  const labels = { job, service: job, ...target.labels };
  return new k8s.apiextensions.CustomResource(
    `${name}-monitor-${job}`,
    {
      apiVersion: monitorApi,
      kind: "PodMonitor",
      metadata: { name: job, namespace: monitoring },
      spec: {
        namespaceSelector: { matchNames: [target.namespace] },
        selector: { matchLabels: { ...target.podLabels } },
        podMetricsEndpoints: [
          {
            portNumber: target.port,
            path: target.path ?? "/metrics",
            ...(target.honorLabels === true && { honorLabels: true }),
            ...(target.only !== undefined && { metricRelabelings: [keepOnly(target.only)] }),
            relabelings: [
              ...Object.entries(labels).map(([targetLabel, replacement]) => ({
                action: "replace",
                targetLabel,
                replacement,
              })),
              // Applications have a label of this name for the path that was asked for.
              { action: "labeldrop", regex: "endpoint" },
            ],
          },
        ],
        // More series than any service of the platform has: one that puts users into labels harms itself alone.
        sampleLimit: 20_000,
      },
    },
    options,
  );
}

function keepOnly(names: readonly string[]) {
  return { action: "keep", sourceLabels: ["__name__"], regex: names.join("|") };
}

function probe(
  name: string,
  { key, page }: { readonly key: string; readonly page: ObservabilityStackSpec["pages"][number] },
  options: CustomResourceOptions,
): k8s.apiextensions.CustomResource {
  return new k8s.apiextensions.CustomResource(
    `${name}-probe-${key}`,
    {
      apiVersion: monitorApi,
      kind: "Probe",
      metadata: { name: key, namespace: monitoring },
      spec: {
        jobName: "public-endpoints",
        interval: "30s",
        scrapeTimeout: "15s",
        module: probeModule(page.expectedStatus),
        prober: { url: addresses.blackbox, path: "/probe" },
        targets: { staticConfig: { static: [page.url], labels: { service: page.service } } },
      },
    },
    options,
  );
}
