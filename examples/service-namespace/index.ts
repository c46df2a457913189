import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { ServiceNamespace } from "../../components/service-namespace";
import type { ServiceRecord } from "../../components/shared/service-record";

const config = new pulumi.Config();

// Workers that nobody connects to; quota, limits and labels of the namespace are derived from them.
const importer: ServiceRecord = {
  name: "importer",
  description: "Reads files that arrive over night",
  product: "examples",
  team: "examples",
  tier: "batch",
  image: "importer",
  nodeClass: "spot",
  probes: { startupSeconds: 30 },
  requests: { cpu: "500m", memory: "256Mi" },
  limits: { cpu: "1", memory: "512Mi" },
  shutdownSeconds: 60,
  writablePaths: ["/tmp"],
  writableSize: "1Gi",
  talksTo: { services: [], stores: ["rabbitmq"], hosts: [] },
  secrets: [
    { name: "broker", variables: ["BROKER_URL"], origin: "broker-user", rotation: { days: 30 } },
  ],
  settings: {},
  scaling: { min: 0, max: 8, signals: [{ kind: "queue-length", queue: "files", perReplica: 5 }] },
  criticalPaths: [],
  dataClass: "reproducible",
};

const provider = new k8s.Provider("cluster", { kubeconfig: config.requireSecret("kubeconfig") });

const namespace = new ServiceNamespace(
  "examples",
  {
    product: importer.product,
    records: [importer],
    kubernetesVersion: "1.36",
    // An example is there to be taken down again.
    protect: false,
  },
  { provider },
);

export const { namespaceName } = namespace;
