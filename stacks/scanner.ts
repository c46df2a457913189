import type * as aws from "@pulumi/aws";
import { cacheNamespace } from "../components/image-registry";
import type { MultiAzCluster } from "../components/multi-az-cluster";
import type { SecureVpc } from "../components/secure-vpc";
import { VulnerabilityScanner } from "../components/vulnerability-scanner";
import { boundaryArn } from "./accounts";
import { chartOf, imageOf } from "./chart-versions";
import { controllerNetwork } from "./cluster-network";
import type { Environment } from "./environment";
import { registryNamespace } from "./images";

interface ScannerParts {
  readonly environment: Environment;
  readonly network: SecureVpc;
  readonly cluster: MultiAzCluster;
  readonly provider: aws.Provider;
}

/** Looks into whatever runs in the cluster, ours or not. */
export function defineScanner(
  prefix: string,
  { environment, network, cluster, provider }: ScannerParts,
): void {
  const { region, accountId } = environment;
  new VulnerabilityScanner(
    prefix,
    {
      region,
      accountId,
      clusterName: prefix,
      provider: cluster.provider,
      network: controllerNetwork(network),
      registryNamespaces: [registryNamespace, cacheNamespace(registryNamespace)],
      chart: chartOf(environment, "trivyOperator"),
      images: {
        operator: imageOf(environment, "trivyOperator"),
        scanner: imageOf(environment, "trivy"),
      },
      permissionsBoundaryArn: boundaryArn(environment),
    },
    { providers: { aws: provider }, dependsOn: cluster.ready },
  );
}
