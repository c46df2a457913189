import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { dnsEgress } from "./network-policy-rules";

interface Isolated {
  readonly namespace: pulumi.Input<string>;
  /** Of the policies. */
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Closes a namespace: nothing comes in and nothing goes out but questions to the cluster's DNS. What its pods need is
 * added to this by policies of their own.
 */
export function isolateNamespace(
  name: string,
  { namespace, labels }: Isolated,
  options: pulumi.CustomResourceOptions,
): k8s.networking.v1.NetworkPolicy[] {
  const create = (role: string, spec: k8s.types.input.networking.v1.NetworkPolicySpec) =>
    new k8s.networking.v1.NetworkPolicy(
      `${name}-${role}`,
      { metadata: { name: role, namespace, labels: { ...labels } }, spec },
      options,
    );
  return [
    create("default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] }),
    create("allow-dns", { podSelector: {}, policyTypes: ["Egress"], egress: [dnsEgress()] }),
  ];
}
