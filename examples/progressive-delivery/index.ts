import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { PlatformService } from "../../components/platform-service";
import { ProgressiveDelivery } from "../../components/progressive-delivery";
import type { ServiceRecord } from "../../components/shared/service-record";
import { charts, images } from "../../components/shared/versions";

const config = new pulumi.Config();

/** Called by others of the cluster alone, and judged by what it promises them. */
const adder: ServiceRecord = {
  name: "adder",
  description: "Adds numbers",
  product: "examples",
  team: "examples",
  tier: "standard",
  image: "adder",
  nodeClass: "general",
  port: 8080,
  metricsPath: "/metrics",
  exposes: [
    { name: "http_requests_total", kind: "counter", labels: ["method", "status"] },
    {
      name: "http_request_duration_seconds",
      kind: "histogram",
      labels: ["method"],
      buckets: [0.1, 0.5, 1],
    },
  ],
  probes: {
    readiness: { kind: "http", path: "/ready" },
    liveness: { kind: "tcp" },
    startupSeconds: 30,
  },
  requests: { cpu: "100m", memory: "64Mi" },
  limits: { cpu: "200m", memory: "128Mi" },
  shutdownSeconds: 10,
  writablePaths: [],
  talksTo: { services: [], stores: [], hosts: [] },
  secrets: [],
  settings: {},
  scaling: { min: 3, max: 6, signals: [{ kind: "cpu", targetPercent: 70 }] },
  rollout: "blue-green",
  slo: {
    availabilityPercent: 99.9,
    windowDays: 30,
    metrics: {
      requests: "http_requests_total",
      statusLabel: "status",
      duration: "http_request_duration_seconds",
    },
  },
  criticalPaths: [],
  dataClass: "none",
};

const provider = new k8s.Provider("cluster", { kubeconfig: config.requireSecret("kubeconfig") });
const namespace = new k8s.core.v1.Namespace(
  "examples",
  { metadata: { name: adder.product } },
  { provider },
);
const releases = new ProgressiveDelivery(
  "rollouts",
  {
    namespaces: { [adder.product]: namespace.metadata.name },
    network: { clusterSubnetCidrs: ["10.0.64.0/24"], endpointSubnetCidrs: [] },
    version: { chart: charts.argoRollouts, image: images.argoRollouts },
  },
  { provider },
);
const service = new PlatformService(
  "adder",
  {
    record: adder,
    image: config.require("image"),
    namespace: namespace.metadata.name,
    zones: 3,
  },
  { provider, dependsOn: [releases] },
);

export const { url, workload } = service;
