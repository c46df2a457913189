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
    callsAws: true,
    usesPodIdentity: true,
  },
];
