import type { ClusterVersions } from "../components/multi-az-cluster";
import { charts, images, supportedKubernetes } from "../components/shared/versions";
import type { Environment } from "./environment";
import { chartImageDigest } from "./images";

/** What the version matrix pins for the environment's Kubernetes version. */
export function clusterVersions(environment: Environment): ClusterVersions {
  const { kubernetesVersion } = environment.cluster;
  const { addons, amiReleases } = supportedKubernetes(kubernetesVersion);
  const { version, repository } = charts.awsLoadBalancerController;
  const digest = chartImageDigest(environment, "aws-load-balancer-controller");
  return {
    kubernetesVersion,
    addons,
    amiReleaseVersion: amiReleases,
    loadBalancerController: {
      chart: {
        version,
        repository: environment.chartMirror === "none" ? repository : environment.chartMirror,
      },
      image: { ...images.awsLoadBalancerController, ...(digest !== undefined && { digest }) },
    },
  };
}
