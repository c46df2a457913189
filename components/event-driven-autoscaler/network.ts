import type * as k8s from "@pulumi/kubernetes";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";
import { defaultStoreEndpoints } from "../service-conversations";
import { controllerNetworkPolicies } from "../shared/controller-network-policies";
import { prometheus } from "../shared/prometheus-address";
import type { EventDrivenAutoscalerSpec } from "./args";

/** Labels that the chart gives to the pods of its three parts, and by which their Services select. */
export const podLabels = {
  operator: { app: "keda-operator" },
  metricsAdapter: { app: "keda-operator-metrics-apiserver" },
  webhooks: { app: "keda-admission-webhooks" },
} as const;

/** Container ports. @see https://github.com/kedacore/charts/tree/main/keda/templates */
export const ports = {
  /** The operator hands the values of metrics to the adapter. */
  metricsService: 9666,
  /** The API server asks for metrics. */
  metricsApi: 6443,
  webhook: 9443,
  metrics: 8080,
} as const;

/** What the control plane must reach on the nodes beside the webhooks that it calls anyway. */
export const autoscalerWebhookPorts = { "keda-metrics-adapter": ports.metricsApi } as const;

/** What each of the three parts needs, and no more. */
export function createNetworkPolicies(
  name: string,
  {
    namespace,
    spec,
  }: { readonly namespace: Input<string>; readonly spec: EventDrivenAutoscalerSpec },
  options: CustomResourceOptions,
): k8s.networking.v1.NetworkPolicy[] {
  const { network, brokerSubnetCidrs } = spec;
  const common = { namespace, network, metricsPort: ports.metrics };
  const broker = { cidrBlocks: brokerSubnetCidrs, port: defaultStoreEndpoints.rabbitmq.port };
  return [
    {
      ...common,
      controller: "keda-operator",
      podLabels: podLabels.operator,
      callers: [{ namespace, podLabels: podLabels.metricsAdapter, port: ports.metricsService }],
      egress: {
        apiServer: true,
        pods: [
          {
            namespace: prometheus.namespace,
            podLabels: prometheus.podLabels,
            port: prometheus.port,
          },
        ],
        ...(brokerSubnetCidrs.length > 0 && { addresses: [broker] }),
      },
    },
    {
      ...common,
      controller: "keda-metrics-adapter",
      podLabels: podLabels.metricsAdapter,
      webhookPort: ports.metricsApi,
      egress: {
        apiServer: true,
        pods: [{ namespace, podLabels: podLabels.operator, port: ports.metricsService }],
      },
    },
    {
      ...common,
      controller: "keda-admission-webhooks",
      podLabels: podLabels.webhooks,
      webhookPort: ports.webhook,
      egress: { apiServer: true },
    },
  ].flatMap((args) => controllerNetworkPolicies(name, args, options));
}
