import { observers } from "./observers";
import type { Controller } from "./peers";

/** The controllers that the platform brings into the cluster, with the labels that their charts give to pods. */
export const controllers: readonly Controller[] = [
  {
    name: "aws-load-balancer-controller",
    namespace: "kube-system",
    labels: {
      "app.kubernetes.io/name": "aws-load-balancer-controller",
      "app.kubernetes.io/instance": "aws-load-balancer-controller",
    },
    webhookPort: 9443,
    metricsPort: 8080,
    callsApiServer: true,
    callsAws: true,
    usesPodIdentity: true,
  },
  {
    name: "cluster-autoscaler",
    namespace: "cluster-autoscaler",
    labels: {
      "app.kubernetes.io/name": "cluster-autoscaler",
      "app.kubernetes.io/instance": "cluster-autoscaler",
    },
    metricsPort: 8085,
    callsApiServer: true,
    callsAws: true,
    usesPodIdentity: true,
  },
  externalSecrets("external-secrets", { callsAws: true }),
  externalSecrets("external-secrets-webhook", { webhookPort: 10250 }),
  externalSecrets("external-secrets-cert-controller", {}),
  {
    name: "reloader",
    namespace: "reloader",
    labels: { app: "reloader-reloader" },
    metricsPort: 9090,
    callsApiServer: true,
    callsAws: false,
    usesPodIdentity: false,
  },
  keda("keda-operator", {
    labels: { app: "keda-operator" },
    asksPrometheus: true,
    callsStores: ["rabbitmq"],
  }),
  keda("keda-metrics-adapter", {
    labels: { app: "keda-operator-metrics-apiserver" },
    webhookPort: 6443,
    callsControllers: [{ name: "keda-operator", port: 9666 }],
  }),
  keda("keda-admission-webhooks", {
    labels: { app: "keda-admission-webhooks" },
    webhookPort: 9443,
  }),
  {
    name: "argo-rollouts",
    namespace: "argo-rollouts",
    labels: {
      "app.kubernetes.io/name": "argo-rollouts",
      "app.kubernetes.io/instance": "argo-rollouts",
      "app.kubernetes.io/component": "rollouts-controller",
    },
    metricsPort: 8090,
    callsApiServer: true,
    callsAws: false,
    usesPodIdentity: false,
    asksPrometheus: true,
  },
  {
    name: "trivy-operator",
    namespace: "trivy-system",
    labels: {
      "app.kubernetes.io/name": "trivy-operator",
      "app.kubernetes.io/instance": "trivy-operator",
    },
    metricsPort: 8080,
    callsApiServer: true,
    callsAws: false,
    usesPodIdentity: false,
  },
  {
    name: "vulnerability-scans",
    namespace: "trivy-system",
    labels: { "app.kubernetes.io/component": "vulnerability-scan" },
    callsApiServer: false,
    callsAws: true,
    usesPodIdentity: true,
  },
  {
    name: "opencost",
    namespace: "opencost",
    labels: {
      "app.kubernetes.io/name": "opencost",
      "app.kubernetes.io/instance": "opencost",
    },
    metricsPort: 9003,
    callsApiServer: true,
    callsAws: true,
    usesPodIdentity: false,
    asksPrometheus: true,
  },
  ...observers,
];

/** Its pods have roles by their service accounts, and nothing of the node. */
function externalSecrets(
  name: string,
  { callsAws = false, webhookPort }: { callsAws?: boolean; webhookPort?: number },
): Controller {
  return {
    name,
    namespace: "external-secrets",
    labels: { "app.kubernetes.io/name": name },
    ...(webhookPort !== undefined && { webhookPort }),
    metricsPort: 8080,
    callsApiServer: true,
    callsAws,
    usesPodIdentity: false,
  };
}

/** Its three parts are bounded apart: only the operator reads what services are scaled by. */
function keda(name: string, part: Partial<Controller> & Pick<Controller, "labels">): Controller {
  return {
    name,
    namespace: "keda",
    metricsPort: 8080,
    callsApiServer: true,
    callsAws: false,
    usesPodIdentity: false,
    ...part,
  };
}
