import type { ClusterVersions } from "../components/multi-az-cluster";
import { supportedKubernetes } from "../components/shared/versions";
import { chartOf, imageOf } from "./chart-versions";
import type { Environment } from "./environment";

/** What the version matrix pins for the environment's Kubernetes version. */
export function clusterVersions(environment: Environment): ClusterVersions {
  const { kubernetesVersion } = environment.cluster;
  const { addons, amiReleases } = supportedKubernetes(kubernetesVersion);
  return {
    kubernetesVersion,
    addons,
    amiReleaseVersion: amiReleases,
    loadBalancerController: {
      chart: chartOf(environment, "awsLoadBalancerController"),
      image: imageOf(environment, "awsLoadBalancerController"),
    },
  };
}
