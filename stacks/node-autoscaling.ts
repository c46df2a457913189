import type * as aws from "@pulumi/aws";
import { ClusterAutoscaler } from "../components/cluster-autoscaler";
import { autoScalingGroupPattern, type MultiAzCluster } from "../components/multi-az-cluster";
import type { SecureVpc } from "../components/secure-vpc";
import { boundaryArn } from "./accounts";
import { chartOf, clusterAutoscalerImage } from "./chart-versions";
import { controllerNetwork } from "./cluster-network";
import type { Environment } from "./environment";

interface NodeParts {
  readonly environment: Environment;
  readonly network: SecureVpc;
  readonly cluster: MultiAzCluster;
  readonly provider: aws.Provider;
}

/** Before everything that wants more nodes than there are at first. */
export function defineNodeAutoscaler(
  prefix: string,
  { environment, network, cluster, provider }: NodeParts,
): void {
  const { region, accountId } = environment;
  const { kubernetesVersion } = environment.cluster;
  const autoscaler = new ClusterAutoscaler(
    prefix,
    {
      region,
      accountId,
      clusterName: prefix,
      kubernetesVersion,
      version: {
        chart: chartOf(environment, "clusterAutoscaler"),
        image: clusterAutoscalerImage(environment),
      },
      network: controllerNetwork(network),
      preferredGroups: [
        autoScalingGroupPattern(prefix, "spot"),
        autoScalingGroupPattern(prefix, "general"),
      ],
      permissionsBoundaryArn: boundaryArn(environment),
    },
    {
      providers: { aws: provider, kubernetes: cluster.provider },
      dependsOn: [...cluster.ready],
    },
  );
  cluster.comesAfter(autoscaler.ready);
}
