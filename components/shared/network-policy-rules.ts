import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { privateRanges } from "./cidr";

export type NetworkPolicyPeer = types.input.networking.v1.NetworkPolicyPeer;
export type IngressRule = types.input.networking.v1.NetworkPolicyIngressRule;
export type EgressRule = types.input.networking.v1.NetworkPolicyEgressRule;

/** Pods of one kind in one namespace. */
export interface PodPeer {
  readonly namespace: Input<string>;
  readonly podLabels: Readonly<Record<string, string>>;
}

/** Where Prometheus runs, which reads everybody's metrics. */
export const metricsReader = {
  namespace: "monitoring",
  podLabels: { "app.kubernetes.io/name": "prometheus" },
} as const satisfies PodPeer;

/**
 * Gives pods their AWS credentials, from the node they run on; not the instance metadata service, 169.254.169.254.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 */
const podIdentityAgent = { address: "169.254.170.23/32", port: 80 } as const;

/** Link-local addresses, the instance metadata service among them. */
const linkLocalRange = "169.254.0.0/16";

/**
 * A pod and its namespace together: in two peers, either would do. The VPC CNI lets a Service through whose selector is
 * these labels, no more and no fewer.
 * @see https://github.com/aws/amazon-network-policy-controller-k8s/issues/224
 */
export function podsOf({ namespace, podLabels }: PodPeer): NetworkPolicyPeer {
  return {
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
    podSelector: { matchLabels: { ...podLabels } },
  };
}

export function addressesOf(cidrBlocks: readonly string[]): NetworkPolicyPeer[] {
  return cidrBlocks.map((cidr) => ({ ipBlock: { cidr } }));
}

/** Public addresses alone: neither this network nor another one nor the node itself. */
export function internet(): NetworkPolicyPeer {
  const except = [linkLocalRange, ...privateRanges.map((range) => range.text)];
  return { ipBlock: { cidr: "0.0.0.0/0", except } };
}

export function tcpPorts(...ports: readonly number[]): { protocol: string; port: number }[] {
  return ports.map((port) => ({ protocol: "TCP", port }));
}

/** Questions to the cluster's DNS. */
export function dnsEgress(): EgressRule {
  return {
    to: [podsOf({ namespace: "kube-system", podLabels: { "k8s-app": "kube-dns" } })],
    ports: [
      { protocol: "UDP", port: 53 },
      { protocol: "TCP", port: 53 },
    ],
  };
}

export function podIdentityEgress(): EgressRule {
  const { address, port } = podIdentityAgent;
  return { to: addressesOf([address]), ports: tcpPorts(port) };
}

/** Rules of a policy that names both directions. An empty list is stored as none, and would be a change at each apply. */
export function rulesOf<Ingress, Egress>(rules: {
  readonly ingress: Ingress[];
  readonly egress: Egress[];
}): { ingress?: Ingress[]; egress?: Egress[] } {
  return {
    ...(rules.ingress.length > 0 && { ingress: rules.ingress }),
    ...(rules.egress.length > 0 && { egress: rules.egress }),
  };
}
