import * as k8s from "@pulumi/kubernetes";
import {
  chartKeys,
  imageKeys,
  ObservabilityStack,
  type ObservabilityStackArgs,
} from "../../../components/observability-stack";
import { charts, images } from "../../../components/shared/versions";
import type { Registration } from "../../../tools/offline/registration";
import { startOfflineEngine } from "../../support/engine";

export const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

export type Given = Omit<ObservabilityStackArgs, "provider">;

function pick<K extends string, V>(keys: readonly K[], from: Readonly<Record<K, V>>) {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Record<K, V>;
}

/** As in production: everything more than once. */
export const args: Given = {
  region: "us-west-2",
  accountId: "123456789012",
  clusterName: "auterity-test",
  environment: "test",
  network: { clusterSubnetCidrs: ["10.0.64.0/24"], endpointSubnetCidrs: ["10.0.0.0/20"] },
  targets: {
    shop: {
      namespace: "shop",
      podLabels: { "app.kubernetes.io/name": "shop" },
      port: 8000,
      labels: { team: "shop" },
    },
    keda: { namespace: "keda", podLabels: { app: "keda-operator" }, port: 8080 },
  },
  askers: [{ namespace: "keda", podLabels: { app: "keda-operator" } }],
  applications: {
    shop: { namespace: "shop", podLabels: { "app.kubernetes.io/name": "shop" } },
  },
  pages: [{ url: "https://shop.example.com/health", service: "shop", expectedStatus: 200 }],
  metrics: {
    replicas: 2,
    retentionDays: 15,
    storageGiB: 60,
    requests: { cpu: "500m", memory: "4Gi" },
  },
  alerting: {
    replicas: 3,
    topicArn: "arn:aws:sns:us-west-2:123456789012:alarms",
    topicKeyArn: "arn:aws:kms:us-west-2:123456789012:key/alarms",
  },
  logs: {
    replicas: 3,
    retentionDays: 31,
    storageGiB: 20,
    requests: { cpu: "500m", memory: "2Gi" },
    bucketName: "logs",
    bucketArn: "arn:aws:s3:::logs",
    bucketKeyArn: "arn:aws:kms:us-west-2:123456789012:key/logs",
  },
  traces: {
    gateways: 3,
    gatewayRequests: { cpu: "300m", memory: "1536Mi" },
    replicas: 2,
    requests: { cpu: "250m", memory: "768Mi" },
    retentionDays: 7,
    storage: {
      kind: "opensearch",
      endpoint: "https://traces.example.com",
      domainArn: "arn:aws:es:us-west-2:123456789012:domain/traces",
      subnetCidrs: ["10.0.80.0/24"],
    },
    sampledPercent: 5,
    sampledPercentByService: { shop: 25 },
  },
  grafana: {
    rootUrl: "http://localhost:3000",
    signInHost: "sign-in.example.com",
    clientId: "client",
    groups: { administrators: "platform-administrators", viewers: "platform-viewers" },
  },
  charts: pick(chartKeys, charts),
  images: pick(imageKeys, {
    ...images,
    prometheus: { ...images.prometheus, digest },
    kubeStateMetrics: { ...images.kubeStateMetrics, digest },
    nodeExporter: { ...images.nodeExporter, digest },
    loki: { ...images.loki, digest },
    opentelemetryCollector: { ...images.opentelemetryCollector, digest },
    jaeger: { ...images.jaeger, digest },
    cloudwatchExporter: { ...images.cloudwatchExporter, digest },
  }),
  permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
};

/** As in development: everything once. */
export const small: Given = {
  ...args,
  metrics: { ...args.metrics, replicas: 1 },
  alerting: { ...args.alerting, replicas: 1 },
  logs: { ...args.logs, replicas: 1 },
  traces: { ...args.traces, gateways: 1, replicas: 1, storage: { kind: "badger", sizeGiB: 10 } },
};

export async function register(
  given: Given = args,
  mode: "known" | "unknown" = "known",
): Promise<readonly Registration[]> {
  const engine = await startOfflineEngine({ mode });
  const provider = new k8s.Provider("cluster", { kubeconfig: "{}" });
  new ObservabilityStack("watch", { ...given, provider }, {});
  await engine.settle();
  return engine.registrations.filter(({ name }) => name !== "cluster");
}

export async function inputsOf(type: string, name: string, given: Given = args) {
  const found = (await register(given)).find(
    (each) => each.name === name && each.type.endsWith(`:${type}`),
  );
  return found?.inputs ?? {};
}

export async function valuesOf(release: string, given: Given = args) {
  const { values } = await inputsOf("Release", `watch-${release}`, given);
  return values as Record<string, unknown>;
}
