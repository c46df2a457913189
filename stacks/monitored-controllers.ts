import { openCostTarget } from "../components/cluster-costs";
import type { ScrapeTarget } from "../components/observability-stack";
import type { Environment } from "./environment";

const name = (value: string) => ({ "app.kubernetes.io/name": value });

/**
 * Controllers of the platform, by the job of their metrics, with the labels that their charts give to pods. Each lets
 * Prometheus in by a policy of its own.
 */
const always = {
  "aws-load-balancer-controller": {
    namespace: "kube-system",
    podLabels: name("aws-load-balancer-controller"),
    port: 8080,
  },
  "external-secrets": {
    namespace: "external-secrets",
    podLabels: name("external-secrets"),
    port: 8080,
  },
  "external-secrets-webhook": {
    namespace: "external-secrets",
    podLabels: name("external-secrets-webhook"),
    port: 8080,
  },
  "external-secrets-cert-controller": {
    namespace: "external-secrets",
    podLabels: name("external-secrets-cert-controller"),
    port: 8080,
  },
  reloader: { namespace: "reloader", podLabels: { app: "reloader-reloader" }, port: 9090 },
  "keda-operator": { namespace: "keda", podLabels: { app: "keda-operator" }, port: 8080 },
  "keda-metrics-adapter": {
    namespace: "keda",
    podLabels: { app: "keda-operator-metrics-apiserver" },
    port: 8080,
  },
  "keda-admission-webhooks": {
    namespace: "keda",
    podLabels: { app: "keda-admission-webhooks" },
    port: 8080,
  },
  "trivy-operator": {
    namespace: "trivy-system",
    podLabels: { ...name("trivy-operator"), "app.kubernetes.io/instance": "trivy-operator" },
    port: 8080,
  },
} as const satisfies Record<string, ScrapeTarget>;

const nodeAutoscalers = {
  "cluster-autoscaler": {
    namespace: "cluster-autoscaler",
    podLabels: {
      ...name("cluster-autoscaler"),
      "app.kubernetes.io/instance": "cluster-autoscaler",
    },
    port: 8085,
  },
  karpenter: {
    namespace: "karpenter",
    podLabels: { ...name("karpenter"), "app.kubernetes.io/instance": "karpenter" },
    port: 8080,
  },
} as const satisfies Record<Environment["cluster"]["nodeAutoscaler"], ScrapeTarget>;

const rolloutsController = {
  namespace: "argo-rollouts",
  podLabels: { ...name("argo-rollouts"), "app.kubernetes.io/component": "rollouts-controller" },
  port: 8090,
} as const satisfies ScrapeTarget;

/** Those that the environment runs; which of them ask Prometheus, it must let in. */
export function monitoredControllers(
  { cluster, costs }: Environment,
  hasRollouts: boolean,
): {
  readonly targets: Readonly<Record<string, ScrapeTarget>>;
  readonly askers: readonly Pick<ScrapeTarget, "namespace" | "podLabels">[];
} {
  const { nodeAutoscaler } = cluster;
  const keda = always["keda-operator"];
  const asking: readonly ScrapeTarget[] = [
    keda,
    ...(hasRollouts ? [rolloutsController] : []),
    ...(costs.openCost ? [openCostTarget] : []),
  ];
  return {
    targets: {
      ...always,
      [nodeAutoscaler]: nodeAutoscalers[nodeAutoscaler],
      ...(hasRollouts && { "argo-rollouts": rolloutsController }),
      ...(costs.openCost && { opencost: openCostTarget }),
    },
    askers: asking.map(({ namespace, podLabels }) => ({ namespace, podLabels })),
  };
}
