import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { AlarmTopic } from "../../components/alarm-topic";
import { chartKeys, imageKeys, ObservabilityStack } from "../../components/observability-stack";
import { ReplicatedBucket } from "../../components/replicated-bucket";
import { charts, images } from "../../components/shared/versions";
import { UserDirectory } from "../../components/user-directory";

const region = "us-west-2";
const config = new pulumi.Config();
const accountId = config.require("accountId");
const account = new aws.Provider("account", { region, allowedAccountIds: [accountId] });
const cluster = new k8s.Provider("cluster", { kubeconfig: config.require("kubeconfig") });
const inAccount = { providers: [account] };

const alarms = new AlarmTopic("shop", { region, accountId }, inAccount);
const logs = new ReplicatedBucket(
  "shop-logs",
  { region, accountId, purpose: "Logs", folders: { "": { expireDays: 21, replacedDays: 1 } } },
  inAccount,
);
const users = new UserDirectory(
  "people",
  {
    region,
    accountId,
    poolName: "people",
    signInDomain: { prefix: "shop-people" },
    applications: { grafana: { callbackUrls: ["http://localhost:3000/login/generic_oauth"] } },
    groups: { operators: "See and change dashboards", guests: "See dashboards" },
  },
  inAccount,
);
const pod = { namespace: "shop", podLabels: { "app.kubernetes.io/name": "shop" } };
const pick = <K extends string, V>(keys: readonly K[], from: Readonly<Record<K, V>>) =>
  Object.fromEntries(keys.map((key) => [key, from[key]])) as Record<K, V>;

/** Everything once: for a shop that may be unwatched for a minute. */
export const { heartbeatTopicArn } = new ObservabilityStack(
  "watch",
  {
    region,
    accountId,
    clusterName: "shop",
    environment: "shop",
    provider: cluster,
    network: { clusterSubnetCidrs: ["10.0.64.0/24"], endpointSubnetCidrs: ["10.0.0.0/20"] },
    targets: { shop: { ...pod, port: 8000 } },
    askers: [],
    applications: { shop: pod },
    pages: [{ url: "https://shop.example.com/", service: "shop", expectedStatus: 200 }],
    metrics: {
      replicas: 1,
      retentionDays: 15,
      storageGiB: 20,
      requests: { cpu: "300m", memory: "2Gi" },
    },
    alerting: { replicas: 1, topicArn: alarms.topicArn, topicKeyArn: alarms.keyArn },
    logs: {
      replicas: 1,
      retentionDays: 14,
      storageGiB: 10,
      requests: { cpu: "200m", memory: "1Gi" },
      bucketName: logs.bucketName,
      bucketArn: logs.bucketArn,
      bucketKeyArn: logs.keyArn,
    },
    traces: {
      gateways: 1,
      gatewayRequests: { cpu: "100m", memory: "512Mi" },
      replicas: 1,
      requests: { cpu: "100m", memory: "512Mi" },
      retentionDays: 7,
      storage: { kind: "badger", sizeGiB: 10 },
      sampledPercent: 20,
    },
    grafana: {
      rootUrl: "http://localhost:3000",
      signInHost: "shop-people.auth.us-west-2.amazoncognito.com",
      clientId: users.applicationClientIds["grafana"] ?? "",
      groups: { administrators: "operators", viewers: "guests" },
    },
    charts: pick(chartKeys, charts),
    images: pick(imageKeys, images),
    permissionsBoundaryArn: `arn:aws:iam::${accountId}:policy/boundary`,
  },
  inAccount,
);
