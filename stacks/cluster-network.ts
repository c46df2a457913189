import type * as pulumi from "@pulumi/pulumi";
import type { SecureVpc } from "../components/secure-vpc";
import type { ServiceNamespace } from "../components/service-namespace";
import type { ClusterNetwork } from "../components/shared/controller-network-policies";

/** The addresses that controllers deal with: the API server's, and those of the interface endpoints. */
export function controllerNetwork({ subnetCidrs }: SecureVpc): ClusterNetwork {
  return {
    clusterSubnetCidrs: subnetCidrs.cluster,
    endpointSubnetCidrs: subnetCidrs.private,
  };
}

/** Names of the namespaces, by product. */
export function namesOf(
  namespaces: ReadonlyMap<string, ServiceNamespace>,
): Record<string, pulumi.Output<string>> {
  return Object.fromEntries(
    [...namespaces].map(([product, { namespaceName }]) => [product, namespaceName]),
  );
}
