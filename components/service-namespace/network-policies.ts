import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

interface Owned {
  readonly namespace: pulumi.Output<string>;
  readonly labels: Record<string, string>;
  readonly options: { readonly parent: pulumi.Resource };
}

/** Nothing comes in and nothing goes out but questions to the cluster's DNS; what services need is added to this. */
export function createNetworkPolicies(
  name: string,
  { namespace, labels, options }: Owned,
): k8s.networking.v1.NetworkPolicy[] {
  const everyPod = { podSelector: {} };
  const defaultDeny = new k8s.networking.v1.NetworkPolicy(
    `${name}-default-deny`,
    {
      metadata: { name: "default-deny", namespace, labels },
      spec: { ...everyPod, policyTypes: ["Ingress", "Egress"] },
    },
    options,
  );
  const dns = new k8s.networking.v1.NetworkPolicy(
    `${name}-allow-dns`,
    {
      metadata: { name: "allow-dns", namespace, labels },
      spec: {
        ...everyPod,
        policyTypes: ["Egress"],
        egress: [
          {
            to: [
              {
                namespaceSelector: {
                  matchLabels: { "kubernetes.io/metadata.name": "kube-system" },
                },
                podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
              },
            ],
            ports: [
              { protocol: "UDP", port: 53 },
              { protocol: "TCP", port: 53 },
            ],
          },
        ],
      },
    },
    options,
  );
  return [defaultDeny, dns];
}
