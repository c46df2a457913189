import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { EventDrivenAutoscaler } from "../../components/event-driven-autoscaler";
import { ServiceScaling } from "../../components/service-scaling";
import type { ServiceRecord } from "../../components/shared/service-record";
import { charts, images } from "../../components/shared/versions";

/** Two to eight pods, by CPU; four from Monday to Friday, in its people's own time. */
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
  settings: {},
  scaling: {
    min: 2,
    max: 8,
    signals: [{ kind: "cpu", targetPercent: 70 }],
    schedule: { timeZone: "Europe/Berlin", start: "0 7 * * 1-5", end: "0 19 * * 1-5", replicas: 4 },
  },
  criticalPaths: [],
  dataClass: "none",
};

const config = new pulumi.Config();
const cluster = new k8s.Provider("cluster", { kubeconfig: config.require("kubeconfig") });

const autoscaler = new EventDrivenAutoscaler(
  "autoscaler",
  {
    // They exist: its rights are bound in them.
    namespaces: [greeter.product],
    network: { clusterSubnetCidrs: ["10.0.64.0/24"], endpointSubnetCidrs: [] },
    chart: charts.keda,
    images: {
      operator: images.kedaOperator,
      metricsAdapter: images.kedaMetricsAdapter,
      webhooks: images.kedaWebhooks,
    },
  },
  { providers: [cluster] },
);

const scaling = new ServiceScaling(
  "greeter",
  { record: greeter, namespace: greeter.product },
  { providers: [cluster], dependsOn: autoscaler },
);

export const { autoscalerName } = scaling;
