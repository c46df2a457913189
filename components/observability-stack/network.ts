import * as k8s from "@pulumi/kubernetes";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import {
  type ControllerNetworkPoliciesArgs,
  controllerNetworkPolicies,
} from "../shared/controller-network-policies";
import { addressesOf, type PodPeer, podsOf, tcpPorts } from "../shared/network-policy-rules";
import type { ObservabilityStackSpec } from "./args";
import { namespaces, podLabels, ports } from "./parts";

type Part = Omit<ControllerNetworkPoliciesArgs, "network">;
type Call = PodPeer & { readonly port: number };

const { monitoring, logging, tracing, agents } = namespaces;
const at = (namespace: string, labels: Readonly<Record<string, string>>, port: number): Call => ({
  namespace,
  podLabels: labels,
  port,
});
const byPrometheus = (port: number) => at(monitoring, podLabels.prometheus, port);

/** What each part of the stack needs, and no more; all before the releases, whose pods could not talk. */
export function createNetworkPolicies(
  name: string,
  spec: ObservabilityStackSpec,
  options: CustomResourceOptions,
): k8s.networking.v1.NetworkPolicy[] {
  const parts = [
    prometheus(spec),
    ...smallParts(),
    alertmanager(),
    grafana(),
    loki(),
    agent(spec),
    gateway(),
    jaeger(spec),
  ];
  return [
    ...parts.flatMap((part) =>
      controllerNetworkPolicies(name, { ...part, network: spec.network }, options),
    ),
    prometheusReadsNodes(name, spec, options),
    alertmanagersGossip(name, options),
  ];
}

/** Own parts that it reads, and all that it was told of. */
function prometheus({ targets, askers }: ObservabilityStackSpec): Part {
  const own = [
    at(monitoring, podLabels.prometheus, ports.prometheus),
    at(monitoring, podLabels.prometheus, ports.configReloader),
    at(monitoring, podLabels.alertmanager, ports.alertmanager),
    at(monitoring, podLabels.alertmanager, ports.configReloader),
    at(monitoring, podLabels.operator, ports.operator),
    at(monitoring, podLabels.kubeStateMetrics, ports.kubeStateMetrics),
    at(monitoring, podLabels.grafana, ports.grafana),
    at(monitoring, podLabels.blackboxExporter, ports.blackboxExporter),
    at(monitoring, podLabels.cloudwatchExporter, ports.cloudwatchExporter),
    at(logging, podLabels.loki, ports.loki),
    at(agents, podLabels.agent, ports.collectorMetrics),
    at(tracing, podLabels.gateway, ports.collectorMetrics),
    at(tracing, podLabels.gateway, ports.spanMetrics),
    at(tracing, podLabels.jaeger, ports.collectorMetrics),
    at("kube-system", { "k8s-app": "kube-dns" }, ports.coreDns),
  ];
  return {
    controller: "prometheus",
    namespace: monitoring,
    podLabels: podLabels.prometheus,
    metricsPort: ports.prometheus,
    callers: [
      byPrometheus(ports.configReloader),
      at(monitoring, podLabels.grafana, ports.prometheus),
      ...askers.map((asker) => ({ ...asker, port: ports.prometheus })),
    ],
    egress: { apiServer: true, pods: [...own, ...Object.values(targets)] },
  };
}

function smallParts(): Part[] {
  const inMonitoring = { namespace: monitoring };
  return [
    {
      ...inMonitoring,
      controller: "prometheus-operator",
      podLabels: podLabels.operator,
      metricsPort: ports.operator,
      egress: { apiServer: true },
    },
    {
      ...inMonitoring,
      controller: "kube-state-metrics",
      podLabels: podLabels.kubeStateMetrics,
      metricsPort: ports.kubeStateMetrics,
      egress: { apiServer: true },
    },
    {
      ...inMonitoring,
      controller: "blackbox-exporter",
      podLabels: podLabels.blackboxExporter,
      metricsPort: ports.blackboxExporter,
      egress: { https: true },
    },
    {
      ...inMonitoring,
      controller: "cloudwatch-exporter",
      podLabels: podLabels.cloudwatchExporter,
      metricsPort: ports.cloudwatchExporter,
      egress: { https: true, podIdentity: true },
    },
  ];
}

function alertmanager(): Part {
  const others = at(monitoring, podLabels.alertmanager, ports.alertmanagerGossip);
  return {
    controller: "alertmanager",
    namespace: monitoring,
    podLabels: podLabels.alertmanager,
    metricsPort: ports.alertmanager,
    callers: [
      byPrometheus(ports.configReloader),
      at(monitoring, podLabels.grafana, ports.alertmanager),
      others,
    ],
    // Topics of AWS, and whoever pages people.
    egress: { https: true, podIdentity: true, pods: [others] },
  };
}

function grafana(): Part {
  return {
    controller: "grafana",
    namespace: monitoring,
    podLabels: podLabels.grafana,
    metricsPort: ports.grafana,
    egress: {
      // Its sidecar reads ConfigMaps; it asks the user pool who somebody is.
      apiServer: true,
      https: true,
      pods: [
        at(monitoring, podLabels.prometheus, ports.prometheus),
        at(monitoring, podLabels.alertmanager, ports.alertmanager),
        at(logging, podLabels.loki, ports.loki),
        at(tracing, podLabels.jaeger, ports.jaegerQuery),
      ],
    },
  };
}

function loki(): Part {
  const others = [ports.loki, ports.lokiGrpc, ports.lokiMembers].map((port) =>
    at(logging, podLabels.loki, port),
  );
  return {
    controller: "loki",
    namespace: logging,
    podLabels: podLabels.loki,
    metricsPort: ports.loki,
    callers: [
      at(agents, podLabels.agent, ports.loki),
      at(monitoring, podLabels.grafana, ports.loki),
      ...others,
    ],
    egress: { https: true, podIdentity: true, pods: others },
  };
}

function agent({ applications }: ObservabilityStackSpec): Part {
  return {
    controller: "otel-agent",
    namespace: agents,
    podLabels: podLabels.agent,
    metricsPort: ports.collectorMetrics,
    callers: Object.values(applications).flatMap((application) =>
      [ports.otlpGrpc, ports.otlpHttp].map((port) => ({ ...application, port })),
    ),
    egress: {
      apiServer: true,
      pods: [
        at(tracing, podLabels.gateway, ports.otlpGrpc),
        at(logging, podLabels.loki, ports.loki),
      ],
    },
  };
}

function gateway(): Part {
  return {
    controller: "otel-gateway",
    namespace: tracing,
    podLabels: podLabels.gateway,
    metricsPort: ports.collectorMetrics,
    callers: [byPrometheus(ports.spanMetrics), at(agents, podLabels.agent, ports.otlpGrpc)],
    egress: { pods: [at(tracing, podLabels.jaeger, ports.otlpGrpc)] },
  };
}

function jaeger({ traces: { storage } }: ObservabilityStackSpec): Part {
  const stored = storage.kind === "opensearch";
  return {
    controller: "jaeger",
    namespace: tracing,
    podLabels: podLabels.jaeger,
    metricsPort: ports.collectorMetrics,
    callers: [
      at(tracing, podLabels.gateway, ports.otlpGrpc),
      at(monitoring, podLabels.grafana, ports.jaegerQuery),
    ],
    egress: stored
      ? {
          podIdentity: true,
          addresses: [{ cidrBlocks: storage.subnetCidrs, port: ports.opensearch }],
        }
      : {},
  };
}

/** Kubelets and node exporters answer on the addresses of the nodes, where no pod's labels are. */
function prometheusReadsNodes(
  name: string,
  { network }: ObservabilityStackSpec,
  options: CustomResourceOptions,
): k8s.networking.v1.NetworkPolicy {
  return new k8s.networking.v1.NetworkPolicy(
    `${name}-policy-prometheus-nodes`,
    {
      metadata: { name: "prometheus-nodes", namespace: monitoring },
      spec: {
        podSelector: { matchLabels: { ...podLabels.prometheus } },
        policyTypes: ["Egress"],
        egress: [
          {
            to: addressesOf(network.endpointSubnetCidrs),
            ports: tcpPorts(ports.kubelet, ports.nodeExporter),
          },
        ],
      },
    },
    options,
  );
}

/** Alertmanagers tell each other what they have told, mostly by UDP. */
function alertmanagersGossip(
  name: string,
  options: CustomResourceOptions,
): k8s.networking.v1.NetworkPolicy {
  const others = [podsOf({ namespace: monitoring, podLabels: podLabels.alertmanager })];
  const udp = [{ protocol: "UDP", port: ports.alertmanagerGossip }];
  return new k8s.networking.v1.NetworkPolicy(
    `${name}-policy-alertmanager-gossip`,
    {
      metadata: { name: "alertmanager-gossip", namespace: monitoring },
      spec: {
        podSelector: { matchLabels: { ...podLabels.alertmanager } },
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: others, ports: udp }],
        egress: [{ to: others, ports: udp }],
      },
    },
    options,
  );
}
