import type { ServiceRecord } from "../../components/shared/service-record";
import {
  aiAnswers,
  aiMetrics,
  nodeBuckets,
  uptime,
  p95Below500ms,
  officeHours,
  cache,
  database,
  signingKey,
  openAi,
  issuedOutside,
} from "./common";

export const relaycore: ServiceRecord = {
  name: "relaycore",
  description: "Router of AI requests: picks the provider and model, streams over WebSockets",
  product: "relaycore",
  team: "relaycore",
  tier: "critical",
  image: "relaycore",
  nodeClass: "general",
  port: 3001,
  metricsPath: "/metrics",
  exposes: [
    { name: "http_requests_total", kind: "counter", labels: ["method", "route", "status_code"] },
    {
      name: "http_request_duration_seconds",
      kind: "histogram",
      labels: ["method", "route"],
      buckets: nodeBuckets,
    },
    ...aiMetrics(nodeBuckets),
  ],
  probes: {
    readiness: { kind: "http", path: "/health/ready", checksDependencies: true },
    liveness: { kind: "http", path: "/health/live" },
    startupSeconds: 60,
  },
  requests: { cpu: "500m", memory: "1Gi" },
  limits: { cpu: "1", memory: "2Gi" },
  shutdownSeconds: 60,
  writablePaths: ["/tmp"],
  talksTo: {
    services: ["neuroweaver-api"],
    stores: ["postgresql", "redis"],
    hosts: ["api.openai.com:443", "api.anthropic.com:443"],
  },
  database: "relaycore",
  secrets: [database, cache, signingKey, openAi, issuedOutside("anthropic", "ANTHROPIC_API_KEY")],
  settings: {
    LOG_LEVEL: "info",
    NEUROWEAVER_BACKEND_URL: "http://neuroweaver-api.neuroweaver.svc.cluster.local:8001",
  },
  scaling: {
    min: 3,
    max: 12,
    signals: [
      { kind: "cpu", targetPercent: 70 },
      // A starting point that nobody has measured yet: 70 % of half a core at 12 ms of it for a request passed on.
      { kind: "request-rate", perReplicaPerSecond: 30 },
    ],
    schedule: officeHours(5),
  },
  slo: {
    ...uptime,
    latency: p95Below500ms,
    metrics: {
      requests: "http_requests_total",
      statusLabel: "status_code",
      duration: "http_request_duration_seconds",
    },
    // A route of Express is known without the path that its router stands under.
    uncounted: {
      label: "route",
      values: ["/health", "/health/live", "/health/ready", "/live", "/ready"],
    },
    further: [aiAnswers],
  },
  criticalPaths: [
    { name: "relay-readiness", method: "GET", path: "/health/ready", expectedStatus: 200 },
  ],
  dataClass: "vital",
  // Answers of language models stream for minutes; a shorter silence would cut them.
  exposure: { subdomain: "relay", healthCheckPath: "/health/ready", idleTimeoutSeconds: 300 },
};
