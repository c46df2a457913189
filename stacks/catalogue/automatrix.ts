import type { ServiceRecord } from "../../components/shared/service-record";
import {
  aiAnswers,
  aiMetrics,
  pythonBuckets,
  uptime,
  p95Below500ms,
  officeHours,
  cache,
  database,
  signingKey,
  openAi,
  issuedOutside,
} from "./common";

export const automatrixApi: ServiceRecord = {
  name: "automatrix-api",
  description: "Workflow engine: the API that users, the web front end and partners call",
  product: "automatrix",
  team: "automatrix",
  tier: "critical",
  image: "automatrix-api",
  nodeClass: "general",
  port: 8000,
  metricsPath: "/metrics",
  exposes: [
    { name: "http_requests_total", kind: "counter", labels: ["method", "endpoint", "status"] },
    {
      name: "http_request_duration_seconds",
      kind: "histogram",
      labels: ["method", "endpoint"],
      buckets: pythonBuckets,
    },
    { name: "http_requests_in_flight", kind: "gauge", labels: [] },
    { name: "workflow_executions_total", kind: "counter", labels: ["status"] },
    { name: "active_users", kind: "gauge", labels: [] },
    ...aiMetrics(pythonBuckets),
  ],
  probes: {
    // The one health route checks the dependencies, so a restart on it would spread their outage.
    readiness: { kind: "http", path: "/health", checksDependencies: true },
    liveness: { kind: "tcp" },
    startupSeconds: 60,
  },
  requests: { cpu: "500m", memory: "1Gi" },
  limits: { cpu: "1", memory: "2Gi" },
  shutdownSeconds: 30,
  writablePaths: ["/tmp"],
  talksTo: {
    services: ["relaycore", "neuroweaver-api"],
    stores: ["postgresql", "redis", "rabbitmq", "kafka", "mlflow"],
    hosts: [
      "api.openai.com:443",
      "api.anthropic.com:443",
      "api.twilio.com:443",
      "graph.facebook.com:443",
      "slack.com:443",
      "hooks.slack.com:443",
      "api.pinecone.io:443",
      "email-smtp.us-west-2.amazonaws.com:587",
    ],
  },
  database: "auterity",
  secrets: [
    database,
    cache,
    {
      name: "broker",
      variables: ["CELERY_BROKER_URL", "RABBITMQ_URL", "RABBITMQ_PASSWORD"],
      origin: "broker-user",
      rotation: { days: 30 },
    },
    signingKey,
    openAi,
    issuedOutside("anthropic", "ANTHROPIC_API_KEY", "CLAUDE_API_KEY"),
    issuedOutside("pinecone", "PINECONE_API_KEY"),
    issuedOutside("twilio", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"),
    issuedOutside("whatsapp", "WHATSAPP_ACCESS_TOKEN"),
    issuedOutside("slack", "SLACK_BOT_TOKEN", "SLACK_WEBHOOK_URL"),
    {
      name: "browser",
      variables: ["PUPPETEER_TOKEN"],
      // Its other end, browserless, runs outside of the catalogue and takes one token at a time: a rotation here would cut
      // the API off from it. People set both ends, reminded as often as other internal tokens rotate.
      origin: "issued-outside",
      rotation: { days: 30 },
    },
  ],
  settings: {
    LOG_LEVEL: "INFO",
    NEUROWEAVER_BACKEND_URL: "http://neuroweaver-api.neuroweaver.svc.cluster.local:8001",
    RELAYCORE_URL: "http://relaycore.relaycore.svc.cluster.local:3001",
  },
  scaling: {
    min: 3,
    max: 12,
    signals: [
      { kind: "cpu", targetPercent: 70 },
      // A starting point that nobody has measured yet: 70 % of half a core at 17 ms of it for a request.
      { kind: "request-rate", perReplicaPerSecond: 20 },
    ],
    schedule: officeHours(5),
  },
  slo: {
    ...uptime,
    latency: p95Below500ms,
    metrics: {
      requests: "http_requests_total",
      statusLabel: "status",
      duration: "http_request_duration_seconds",
    },
    uncounted: { label: "endpoint", values: ["/health"] },
    further: [
      {
        name: "workflows",
        title: "workflows that end well",
        targetPercent: 99,
        pages: false,
        indicator: {
          kind: "counted",
          metric: "workflow_executions_total",
          label: "status",
          bad: "failed|error",
        },
      },
      aiAnswers,
    ],
  },
  criticalPaths: [{ name: "api-health", method: "GET", path: "/health", expectedStatus: 200 }],
  dataClass: "vital",
  exposure: { subdomain: "api", healthCheckPath: "/health" },
};

export const automatrixWorker: ServiceRecord = {
  name: "automatrix-worker",
  description: "Celery workers that run the workflows; a task that is cut off is delivered again",
  product: "automatrix",
  team: "automatrix",
  tier: "standard",
  image: "automatrix-worker",
  nodeClass: "spot",
  probes: {
    // The ping travels over the broker: fit to hold a rollout back, unfit to restart workers.
    readiness: {
      kind: "exec",
      command: [
        "sh",
        "-c",
        'exec celery --broker "$CELERY_BROKER_URL" inspect ping --destination "celery@$HOSTNAME"',
      ],
      timeoutSeconds: 10,
      checksDependencies: true,
    },
    startupSeconds: 60,
  },
  requests: { cpu: "500m", memory: "1Gi" },
  limits: { cpu: "1", memory: "2Gi" },
  // Spot nodes give two minutes' notice: what has not ended by then is delivered again.
  shutdownSeconds: 90,
  writablePaths: ["/tmp"],
  talksTo: {
    services: ["relaycore"],
    stores: ["postgresql", "rabbitmq", "redis"],
    hosts: [],
  },
  database: "auterity",
  secrets: [
    database,
    cache,
    {
      name: "broker",
      variables: ["CELERY_BROKER_URL", "RABBITMQ_PASSWORD"],
      origin: "broker-user",
      rotation: { days: 30 },
    },
  ],
  settings: {
    LOG_LEVEL: "INFO",
    RELAYCORE_URL: "http://relaycore.relaycore.svc.cluster.local:3001",
  },
  scaling: {
    min: 2,
    max: 12,
    signals: [{ kind: "queue-length", queue: "celery", perReplica: 20 }],
  },
  criticalPaths: [],
  dataClass: "reproducible",
};

export const automatrixWeb: ServiceRecord = {
  name: "automatrix-web",
  description: "Web front end of the workflow engine: static pages from nginx, API calls passed on",
  product: "automatrix",
  team: "automatrix",
  tier: "standard",
  image: "automatrix-web",
  nodeClass: "spot",
  // nginx listens above 1023 because it runs as non-root.
  port: 8080,
  probes: {
    readiness: { kind: "http", path: "/" },
    liveness: { kind: "tcp" },
    startupSeconds: 30,
  },
  requests: { cpu: "100m", memory: "128Mi" },
  limits: { cpu: "500m", memory: "256Mi" },
  shutdownSeconds: 15,
  writablePaths: ["/tmp", "/var/cache/nginx", "/var/run"],
  talksTo: { services: ["automatrix-api"], stores: [], hosts: [] },
  secrets: [],
  settings: {},
  scaling: {
    min: 2,
    max: 6,
    signals: [{ kind: "cpu", targetPercent: 70 }],
    schedule: officeHours(3),
  },
  criticalPaths: [{ name: "web-start-page", method: "GET", path: "/", expectedStatus: 200 }],
  dataClass: "none",
  exposure: { subdomain: "app", healthCheckPath: "/" },
};
