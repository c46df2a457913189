import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
  conversationNodeEgress,
  ServiceConversations,
} from "../../components/service-conversations";
import { ServiceNamespace } from "../../components/service-namespace";
import type { ServiceRecord } from "../../components/shared/service-record";

const config = new pulumi.Config();

// It asks the greeter, and sends what it hears by mail.
const reporter: ServiceRecord = {
  name: "reporter",
  description: "Reports who was greeted",
  product: "examples",
  team: "examples",
  tier: "standard",
  image: "reporter",
  nodeClass: "general",
  port: 8081,
  probes: {
    readiness: { kind: "http", path: "/ready" },
    liveness: { kind: "tcp" },
    startupSeconds: 30,
  },
  requests: { cpu: "100m", memory: "64Mi" },
  limits: { cpu: "200m", memory: "128Mi" },
  shutdownSeconds: 10,
  writablePaths: ["/tmp"],
  talksTo: { services: ["greeter"], stores: [], hosts: ["smtp.example.com:587"] },
  secrets: [],
  settings: {},
  scaling: { min: 2, max: 4, signals: [{ kind: "cpu", targetPercent: 70 }] },
  criticalPaths: [],
  dataClass: "none",
};

const greeter: ServiceRecord = {
  ...reporter,
  name: "greeter",
  description: "Greets whoever asks, and remembers them",
  image: "greeter",
  port: 8080,
  talksTo: { services: [], stores: ["postgresql"], hosts: [] },
  database: "greetings",
};

const records = [greeter, reporter];
const dataSubnetCidrs = ["10.0.17.0/24", "10.0.81.0/24"];

const provider = new k8s.Provider("cluster", { kubeconfig: config.requireSecret("kubeconfig") });

// It closes the namespace: what is not declared would be allowed otherwise.
const namespace = new ServiceNamespace(
  "examples",
  {
    product: "examples",
    records,
    kubernetesVersion: "1.36",
    // An example is there to be taken down again.
    protect: false,
  },
  { provider },
);

new ServiceConversations(
  "examples",
  {
    records,
    namespaces: { examples: namespace.namespaceName },
    publicSubnetCidrs: [],
    dataSubnetCidrs,
  },
  { provider, dependsOn: [namespace] },
);

/** For the argument `nodeEgress` of the cluster: network policies alone do not open a security group. */
export const nodeEgress = conversationNodeEgress({ records, dataSubnetCidrs });
