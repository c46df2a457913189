import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { PlatformService, PriorityClasses } from "../../components/platform-service";
import type { ServiceRecord } from "../../components/shared/service-record";

const config = new pulumi.Config();

const greeter: ServiceRecord = {
  name: "greeter",
  description: "Greets whoever asks",
  product: "examples",
  team: "examples",
  tier: "standard",
  image: "greeter",
  nodeClass: "general",
  port: 8080,
  probes: {
    readiness: { kind: "http", path: "/ready" },
    liveness: { kind: "tcp" },
    startupSeconds: 30,
  },
  requests: { cpu: "100m", memory: "64Mi" },
  limits: { cpu: "200m", memory: "128Mi" },
  shutdownSeconds: 10,
  writablePaths: ["/tmp"],
  talksTo: { services: [], stores: [], hosts: [] },
  secrets: [],
  settings: { GREETING: "hello" },
  scaling: { min: 2, max: 4, signals: [{ kind: "cpu", targetPercent: 70 }] },
  criticalPaths: [],
  dataClass: "none",
};

const provider = new k8s.Provider("cluster", { kubeconfig: config.requireSecret("kubeconfig") });

const priorities = new PriorityClasses("priorities", {}, { provider });
const namespace = new k8s.core.v1.Namespace(
  "examples",
  { metadata: { name: greeter.product } },
  { provider },
);
const service = new PlatformService(
  "greeter",
  {
    record: greeter,
    image: config.require("image"),
    namespace: namespace.metadata.name,
    zones: 3,
    priorityClassNames: priorities.names,
  },
  { provider },
);

export const { url, serviceAccountName } = service;
