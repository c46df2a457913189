import { ClusterCosts } from "../components/cluster-costs";
import type { MultiAzCluster } from "../components/multi-az-cluster";
import type { SecureVpc } from "../components/secure-vpc";
import { chartOf, imageOf } from "./chart-versions";
import { controllerNetwork } from "./cluster-network";
import type { Environment } from "./environment";

interface ClusterCostParts {
  readonly environment: Environment;
  readonly network: SecureVpc;
  readonly cluster: MultiAzCluster;
}

/** What the cluster's nodes, namespaces and volumes cost by the hour, where somebody looks at it. */
export function defineClusterCosts(
  prefix: string,
  { environment, network, cluster }: ClusterCostParts,
): void {
  if (!environment.costs.openCost) return;
  new ClusterCosts(
    `${prefix}-cluster-costs`,
    {
      clusterName: prefix,
      provider: cluster.provider,
      network: controllerNetwork(network),
      chart: chartOf(environment, "openCost"),
      image: imageOf(environment, "openCost"),
    },
    { dependsOn: cluster.ready },
  );
}
