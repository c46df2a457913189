import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { newDashboard, ObservabilityDashboards } from "../../components/observability-dashboards";
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
    // Alerts lead to the dashboards below.
    dashboardUrl: config.require("grafanaUrl"),
    namespace: "monitoring",
    alerting: {
      teams: ["platform", "examples"],
      pagerDutyKeys: {},
      secretsFolder: "/etc/alertmanager/secrets/alert-receivers",
      officeHours: { timeZone: "America/Los_Angeles", from: "07:00", to: "19:00" },
    },
  },
  { provider },
);

/** One of one's own, made with Grafana's kit; its queries are checked like all others. */
const sums = newDashboard("Sums")
  .uid("sums")
  .withPanel(
    new PanelBuilder()
      .title("Sums a second")
      .unit("reqps")
      .datasource({ type: "prometheus", uid: "prometheus" })
      .withTarget(
        new DataqueryBuilder()
          .refId("A")
          .expr('sum by (status) (rate(http_requests_total{container="adder"}[$__rate_interval]))')
          .legendFormat("{{status}}"),
      ),
  );

const dashboards = new ObservabilityDashboards(
  "dashboards",
  {
    records: [adder],
    groups: rules.groups,
    environment: "examples",
    monthlyBudgetUsd: 500,
    furtherDashboards: [{ folder: "Examples", dashboard: sums.build() }],
    namespace: "monitoring",
  },
  { provider },
);

/** In Grafana's address: /d/UID. */
export const uids = dashboards.uids;
