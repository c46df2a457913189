import type { ServiceRecord } from "../../components/shared/service-record";
import { uptime, officeHours, cache, database, pythonBuckets, signingKey } from "./common";

export const neuroweaverApi: ServiceRecord = {
  name: "neuroweaver-api",
  description: "Model specialisation: inference and management of models and training jobs",
  product: "neuroweaver",
  team: "neuroweaver",
  tier: "critical",
  image: "neuroweaver-api",
  nodeClass: "general",
  port: 8001,
  metricsPath: "/metrics",
  exposes: [
    {
      name: "neuroweaver_requests_total",
      kind: "counter",
      labels: ["method", "endpoint", "status_code"],
    },
    {
      name: "neuroweaver_request_duration_seconds",
      kind: "histogram",
      labels: ["method", "endpoint"],
      buckets: pythonBuckets,
    },
    { name: "neuroweaver_active_requests", kind: "gauge", labels: [] },
    { name: "neuroweaver_training_jobs_active", kind: "gauge", labels: [] },
    { name: "neuroweaver_models_total", kind: "gauge", labels: [] },
    {
      name: "neuroweaver_inference_requests_total",
      kind: "counter",
      labels: ["model_id", "status"],
    },
    {
      name: "neuroweaver_inference_duration_seconds",
      kind: "histogram",
      labels: ["model_id"],
      buckets: pythonBuckets,
    },
  ],
  probes: {
    readiness: { kind: "http", path: "/api/v1/health/ready", checksDependencies: true },
    liveness: { kind: "http", path: "/api/v1/health/live" },
    // Loads PyTorch and the models first.
    startupSeconds: 180,
  },
  requests: { cpu: "1", memory: "2Gi" },
  limits: { cpu: "2", memory: "4Gi" },
  shutdownSeconds: 60,
  // Models that are downloaded to be served.
  writablePaths: ["/tmp"],
  writableSize: "4Gi",
  talksTo: {
    services: [],
    stores: ["postgresql", "redis", "model-bucket", "mlflow"],
    hosts: [],
  },
  database: "neuroweaver",
  secrets: [database, cache, signingKey],
  settings: { LOG_LEVEL: "INFO" },
  scaling: { min: 3, max: 8, signals: [{ kind: "cpu", targetPercent: 70 }] },
  // A version that loads the wrong model answers, and answers wrongly: back to the pods that still have the right one
  // loaded takes seconds, loading it again minutes. Only others of the platform call it, none by the load balancer.
  rollout: "blue-green",
  slo: {
    ...uptime,
    metrics: {
      requests: "neuroweaver_requests_total",
      statusLabel: "status_code",
      duration: "neuroweaver_request_duration_seconds",
    },
    uncounted: { label: "endpoint", values: ["/api/v1/health/ready", "/api/v1/health/live"] },
    further: [
      {
        name: "inference-speed",
        title: "answers of models within 2.5 seconds",
        targetPercent: 95,
        pages: false,
        indicator: {
          kind: "measured",
          metric: "neuroweaver_inference_duration_seconds",
          thresholdSeconds: 2.5,
        },
      },
    ],
  },
  criticalPaths: [],
  dataClass: "vital",
};

export const neuroweaverWeb: ServiceRecord = {
  name: "neuroweaver-web",
  description: "Web front end of the model specialisation (Next.js)",
  product: "neuroweaver",
  team: "neuroweaver",
  tier: "standard",
  image: "neuroweaver-web",
  nodeClass: "spot",
  port: 3000,
  probes: {
    readiness: { kind: "http", path: "/" },
    liveness: { kind: "tcp" },
    startupSeconds: 60,
  },
  requests: { cpu: "200m", memory: "256Mi" },
  limits: { cpu: "500m", memory: "512Mi" },
  shutdownSeconds: 15,
  writablePaths: ["/tmp", "/app/.next/cache"],
  talksTo: { services: ["neuroweaver-api"], stores: [], hosts: [] },
  secrets: [],
  settings: { NODE_ENV: "production" },
  scaling: {
    min: 2,
    max: 4,
    signals: [{ kind: "cpu", targetPercent: 70 }],
    schedule: officeHours(3),
  },
  criticalPaths: [{ name: "models-start-page", method: "GET", path: "/", expectedStatus: 200 }],
  dataClass: "none",
  exposure: { subdomain: "models", healthCheckPath: "/" },
};

export const neuroweaverTraining: ServiceRecord = {
  name: "neuroweaver-training",
  description:
    "Training jobs on large nodes; interruptible, resumed from checkpoints in the bucket",
  product: "neuroweaver",
  team: "neuroweaver",
  tier: "batch",
  image: "neuroweaver-training",
  nodeClass: "ai-processing",
  probes: { startupSeconds: 300 },
  requests: { cpu: "4", memory: "16Gi" },
  limits: { cpu: "8", memory: "16Gi" },
  shutdownSeconds: 90,
  // Checkpoints and downloaded data sets of a running job.
  writablePaths: ["/tmp", "/scratch"],
  writableSize: "50Gi",
  talksTo: { services: [], stores: ["model-bucket", "postgresql", "mlflow"], hosts: [] },
  database: "neuroweaver",
  secrets: [database],
  settings: { LOG_LEVEL: "INFO" },
  scaling: {
    min: 0,
    max: 4,
    signals: [{ kind: "running-jobs", metric: "neuroweaver_training_jobs_active" }],
  },
  criticalPaths: [],
  dataClass: "reproducible",
};
