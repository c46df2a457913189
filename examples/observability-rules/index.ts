import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { ObservabilityRules } from "../../components/observability-rules";
import type { ServiceRecord } from "../../components/shared/service-record";

const config = new pulumi.Config();

const adder: ServiceRecord = {
  name: "adder",
  description: "Adds two numbers",
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
      buckets: [0.1, 0.25, 0.5, 1],
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
  scaling: { min: 2, max: 6, signals: [{ kind: "cpu", targetPercent: 70 }] },
  slo: {
    availabilityPercent: 99.9,
    windowDays: 30,
    latency: { thresholdSeconds: 0.25, targetPercent: 95 },
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

const rules = new ObservabilityRules(
  "rules",
  {
    records: [adder],
    zones: ["us-west-2a", "us-west-2b"],
    runbookUrl: config.require("runbookUrl"),
    namespace: "monitoring",
    alerting: {
      teams: ["platform", "examples"],
      // {} would page nobody; with one team in it, every team needs its own.
      pagerDutyKeys: { platform: "pagerduty-platform", examples: "pagerduty-examples" },
      secretsFolder: "/etc/alertmanager/secrets/alert-receivers",
      officeHours: { timeZone: "America/Los_Angeles", from: "07:00", to: "19:00" },
    },
  },
  { provider },
);

/** For the Alertmanager that runs beside it. */
export const alertmanagerConfiguration = rules.alertmanagerConfiguration;
