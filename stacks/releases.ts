import type { MultiAzCluster } from "../components/multi-az-cluster";
import { ProgressiveDelivery } from "../components/progressive-delivery";
import type { SecureVpc } from "../components/secure-vpc";
import type { ServiceNamespace } from "../components/service-namespace";
import type { ServiceRecord } from "../components/shared/service-record";
import { chartOf, imageOf } from "./chart-versions";
import { controllerNetwork, namesOf } from "./cluster-network";
import type { Environment } from "./environment";

/** The services as the environment releases them: where it says "rolling", none asks for more. */
export function servicesOf(
  { services: { rollouts } }: Environment,
  catalogue: readonly ServiceRecord[],
): readonly ServiceRecord[] {
  return rollouts === "declared"
    ? catalogue
    : catalogue.map((record) => ({ ...record, rollout: "rolling" }));
}

interface ReleaseParts {
  readonly environment: Environment;
  readonly services: readonly ServiceRecord[];
  readonly network: SecureVpc;
  readonly cluster: MultiAzCluster;
}

/** What carries out blue-green releases, for the products that have any; undefined where none has. */
export function defineProgressiveDelivery(
  prefix: string,
  { environment, services, network, cluster }: ReleaseParts,
  namespaces: ReadonlyMap<string, ServiceNamespace>,
): ProgressiveDelivery | undefined {
  const products = new Set(
    services.filter(({ rollout }) => rollout === "blue-green").map(({ product }) => product),
  );
  if (products.size === 0) return undefined;
  const released = new Map([...namespaces].filter(([product]) => products.has(product)));
  return new ProgressiveDelivery(
    `${prefix}-rollouts`,
    {
      namespaces: namesOf(released),
      network: controllerNetwork(network),
      version: {
        chart: chartOf(environment, "argoRollouts"),
        image: imageOf(environment, "argoRollouts"),
      },
    },
    {
      providers: { kubernetes: cluster.provider },
      dependsOn: [...cluster.ready, ...released.values()],
    },
  );
}
