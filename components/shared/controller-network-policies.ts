import { parseIpv4Cidr } from "./cidr";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import {
  addressesOf,
  dnsEgress,
  internet,
  metricsReader,
  podIdentityEgress,
  podsOf,
  rulesOf,
  tcpPorts,
  type EgressRule,
  type IngressRule,
  type NetworkPolicyPeer,
  type PodPeer,
} from "./network-policy-rules";

/** The addresses that a cluster's controllers deal with. */
export interface ClusterNetwork {
  /** Of the control plane's network interfaces: from there the API server calls webhooks. */
  readonly clusterSubnetCidrs: readonly string[];
  /** Of the subnets in which interface endpoints answer. */
  readonly endpointSubnetCidrs: readonly string[];
}

/** What a controller opens connections to, beside the cluster's DNS; what is left out is refused. */
interface ControllerEgress {
  readonly apiServer?: boolean;
  /** AWS and other APIs on port 443, on public addresses and through interface endpoints. */
  readonly https?: boolean;
  /** Credentials from the EKS Pod Identity agent; roles of service accounts (IRSA) need `https` instead. */
  readonly podIdentity?: boolean;
  /** Ports of other pods, such as a scanner's server; the labels are those that the pods' Service selects by. */
  readonly pods?: readonly (PodPeer & { readonly port: number })[];
  /** Ports at addresses of this network, such as a store's in the data tier. */
  readonly addresses?: readonly {
    readonly cidrBlocks: readonly string[];
    readonly port: number;
  }[];
}

export interface ControllerNetworkPoliciesArgs {
  /** Name of the controller, and of the policy in its namespace. */
  readonly controller: string;
  readonly namespace: pulumi.Input<string>;
  /** Labels that its pods, and no others of the namespace, carry; {}: every pod of the namespace. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Container port on which the API server calls it. Default: none. */
  readonly webhookPort?: number;
  /** Container port of its Prometheus metrics. Default: none. */
  readonly metricsPort?: number;
  /** Other pods that call it, such as another part of the same controller. Default: none. */
  readonly callers?: readonly (PodPeer & { readonly port: number })[];
  readonly egress: ControllerEgress;
  readonly network: ClusterNetwork;
  /** Of the policy. Default: {}. */
  readonly labels?: Readonly<Record<string, string>>;
}

const httpsPort = 443;

/**
 * What one controller may do, and nothing else. The policy selects the controller's pods
 * alone, so that it may stand in kube-system; a namespace of a controller's own is closed with isolateNamespace too.
 */
export function controllerNetworkPolicies(
  name: string,
  args: ControllerNetworkPoliciesArgs,
  options: pulumi.CustomResourceOptions,
): k8s.networking.v1.NetworkPolicy[] {
  return [
    new k8s.networking.v1.NetworkPolicy(
      `${name}-policy-${args.controller}`,
      {
        metadata: {
          name: args.controller,
          namespace: args.namespace,
          labels: { ...args.labels },
        },
        spec: {
          podSelector:
            Object.keys(args.podLabels).length === 0 ? {} : { matchLabels: { ...args.podLabels } },
          policyTypes: ["Ingress", "Egress"],
          ...rulesOf({ ingress: ingressRules(args), egress: egressRules(args) }),
        },
      },
      options,
    ),
  ];
}

function ingressRules(args: ControllerNetworkPoliciesArgs): IngressRule[] {
  const { webhookPort, metricsPort, callers = [], network } = args;
  const rules: IngressRule[] = [];
  if (webhookPort !== undefined)
    rules.push({ from: addressesOf(network.clusterSubnetCidrs), ports: tcpPorts(webhookPort) });
  if (metricsPort !== undefined)
    rules.push({ from: [podsOf(metricsReader)], ports: tcpPorts(metricsPort) });
  for (const { port, ...peer } of callers)
    rules.push({ from: [podsOf(peer)], ports: tcpPorts(port) });
  return rules;
}

function egressRules({ egress, network }: ControllerNetworkPoliciesArgs): EgressRule[] {
  const {
    apiServer = false,
    https = false,
    podIdentity = false,
    pods = [],
    addresses = [],
  } = egress;
  const rules: EgressRule[] = [dnsEgress()];
  if (apiServer) rules.push({ to: apiServerPeers(network), ports: tcpPorts(httpsPort) });
  if (https) {
    const to = [...addressesOf(network.endpointSubnetCidrs), internet()];
    rules.push({ to, ports: tcpPorts(httpsPort) });
  }
  if (podIdentity) rules.push(podIdentityEgress());
  for (const { port, ...peer } of pods) rules.push({ to: [podsOf(peer)], ports: tcpPorts(port) });
  for (const { port, cidrBlocks } of addresses)
    rules.push({ to: addressesOf(cidrBlocks), ports: tcpPorts(port) });
  return rules;
}

/**
 * The first address of the ranges that EKS takes a cluster's Services from: the Service `kubernetes`.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html
 */
const apiServiceAddresses = ["10.100.0.1/32", "172.20.0.1/32"];

/**
 * The VPC CNI judges a packet before a Service's address is translated. It knows the addresses of Services that select
 * pods, but `kubernetes` selects none.
 * @see https://github.com/aws/amazon-network-policy-controller-k8s/issues/207
 */
function apiServerPeers({ clusterSubnetCidrs }: ClusterNetwork): NetworkPolicyPeer[] {
  return addressesOf([...clusterSubnetCidrs, ...apiServiceAddresses]);
}

/** What is wrong with it, by the path that arguments have. */
export function clusterNetworkProblems(network: ClusterNetwork): string[] {
  const problems: string[] = [];
  if (network.clusterSubnetCidrs.length === 0)
    problems.push(
      "network.clusterSubnetCidrs: got none, need those that the API server answers from",
    );
  for (const key of ["clusterSubnetCidrs", "endpointSubnetCidrs"] as const)
    for (const range of network[key]) {
      const { problem } = parseIpv4Cidr(range);
      if (problem !== undefined) problems.push(`network.${key}: ${problem}`);
    }
  return problems;
}
