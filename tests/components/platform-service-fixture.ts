import type { ServiceRecord } from "../../components/shared/service-record";

/** A public API of tier critical that breaks no rule. */
export const api: ServiceRecord = {
  name: "shop-api",
  description: "Takes orders",
  product: "shop",
  team: "checkout",
  tier: "critical",
  image: "shop-api",
  nodeClass: "general",
  port: 8000,
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
    readiness: { kind: "http", path: "/ready", checksDependencies: true },
    liveness: { kind: "http", path: "/live" },
    startupSeconds: 62,
  },
  requests: { cpu: "500m", memory: "1Gi" },
  limits: { cpu: "1", memory: "2Gi" },
  shutdownSeconds: 30,
  writablePaths: ["/tmp", "/var/cache/app"],
  talksTo: { services: ["shop-stock"], stores: ["postgresql"], hosts: ["api.example.com:443"] },
  database: "shop",
  secrets: [
    {
      name: "database",
      variables: ["DATABASE_URL"],
      origin: "database-user",
      rotation: { days: 30 },
    },
  ],
  settings: { LOG_LEVEL: "info" },
  scaling: { min: 3, max: 10, signals: [{ kind: "cpu", targetPercent: 70 }] },
  slo: {
    availabilityPercent: 99.9,
    windowDays: 30,
    latency: { thresholdSeconds: 0.5, targetPercent: 95 },
    metrics: {
      requests: "http_requests_total",
      statusLabel: "status",
      duration: "http_request_duration_seconds",
    },
  },
  criticalPaths: [{ name: "order", method: "POST", path: "/orders", expectedStatus: 201 }],
  dataClass: "vital",
  exposure: { subdomain: "api", healthCheckPath: "/ready", idleTimeoutSeconds: 120 },
};

/** What records have that are not reached, measured or promised from outside. */
const inside = without(api, "exposure", "slo", "metricsPath", "exposes", "database");

/** A service that only others connect to, on Spot nodes. */
export const stock: ServiceRecord = {
  ...inside,
  name: "shop-stock",
  description: "Knows what is there",
  tier: "standard",
  image: "shop-stock",
  nodeClass: "spot",
  port: 8001,
  probes: { readiness: { kind: "tcp" }, liveness: { kind: "tcp" }, startupSeconds: 30 },
  talksTo: { services: [], stores: [], hosts: [] },
  secrets: [],
  settings: {},
  scaling: { min: 1, max: 2, signals: [{ kind: "cpu", targetPercent: 50 }] },
  criticalPaths: [],
  dataClass: "none",
};

const unconnected = without(stock, "port");

/** Workers that nobody connects to: a batch tier that rests at none. */
export const mailer: ServiceRecord = {
  ...unconnected,
  name: "shop-mailer",
  description: "Sends mail from a queue",
  tier: "batch",
  image: "shop-mailer",
  probes: {
    liveness: { kind: "exec", command: ["check", "--self"], timeoutSeconds: 20 },
    startupSeconds: 45,
  },
  requests: { cpu: "250m", memory: "128Mi" },
  limits: { cpu: "500m", memory: "256Mi" },
  shutdownSeconds: 60,
  writablePaths: [],
  talksTo: { services: [], stores: ["rabbitmq"], hosts: [] },
  secrets: [
    { name: "broker", variables: ["BROKER_URL"], origin: "broker-user", rotation: { days: 30 } },
  ],
  scaling: { min: 0, max: 4, signals: [{ kind: "queue-length", queue: "mail", perReplica: 10 }] },
};

export const shop: readonly ServiceRecord[] = [api, stock, mailer];

/** A record without some of its optional properties. */
export function without<K extends keyof ServiceRecord>(
  record: ServiceRecord,
  ...keys: readonly K[]
): Omit<ServiceRecord, K> {
  const entries = Object.entries(record).filter(
    ([key]) => !keys.some((removed) => removed === key),
  );
  return Object.fromEntries(entries) as Omit<ServiceRecord, K>;
}
