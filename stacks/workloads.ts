import type * as pulumi from "@pulumi/pulumi";
import type { MultiAzCluster } from "../components/multi-az-cluster";
import { PlatformService, PriorityClasses } from "../components/platform-service";
import { PublicIngress } from "../components/public-ingress";
import type { SecureVpc } from "../components/secure-vpc";
import { ServiceNamespace } from "../components/service-namespace";
import type { ServiceRecord } from "../components/shared/service-record";
import { type Environment, unassigned } from "./environment";
import { imageReference } from "./images";

interface ServiceParts {
  readonly environment: Environment;
  readonly services: readonly ServiceRecord[];
  readonly network: SecureVpc;
  readonly cluster: MultiAzCluster;
}

type Namespaces = ReadonlyMap<string, ServiceNamespace>;

/** Everything inside the cluster waits for its controllers, and goes before them when the platform is destroyed. */
export function defineServices(prefix: string, parts: ServiceParts): void {
  const { cluster } = parts;
  const inCluster = { providers: { kubernetes: cluster.provider }, dependsOn: cluster.ready };
  const priorities = new PriorityClasses(prefix, {}, inCluster);
  const namespaces = defineNamespaces(prefix, parts, inCluster);
  const workloads = parts.services.map((record) =>
    defineService(prefix, parts, { record, namespaces, priorities }),
  );
  defineIngress(prefix, parts, {
    namespaces,
    options: { ...inCluster, dependsOn: [...cluster.ready, ...workloads] },
  });
}

function defineNamespaces(
  prefix: string,
  { environment, services }: ServiceParts,
  inCluster: pulumi.ComponentResourceOptions,
): Namespaces {
  const products = [...new Set(services.map((service) => service.product))];
  return new Map(
    products.map((product) => [
      product,
      new ServiceNamespace(
        `${prefix}-${product}`,
        {
          product,
          records: services.filter((service) => service.product === product),
          kubernetesVersion: environment.cluster.kubernetesVersion,
          protect: environment.deletionProtection,
        },
        inCluster,
      ),
    ]),
  );
}

interface Placement {
  readonly record: ServiceRecord;
  readonly namespaces: Namespaces;
  readonly priorities: PriorityClasses;
}

function defineService(
  prefix: string,
  { environment, cluster }: ServiceParts,
  { record, namespaces, priorities }: Placement,
): PlatformService {
  const namespace = namespaces.get(record.product);
  if (namespace === undefined) throw new Error(`no namespace for the product ${record.product}`);
  return new PlatformService(
    `${prefix}-${record.name}`,
    {
      record,
      image: imageReference(environment, record),
      namespace: namespace.namespaceName,
      zones: environment.network.availabilityZones.length,
      minimumReplicas: minimumReplicas(environment, record),
      priorityClassNames: priorities.names,
    },
    { providers: { kubernetes: cluster.provider }, dependsOn: [namespace] },
  );
}

function minimumReplicas({ services }: Environment, { scaling }: ServiceRecord): number {
  return services.minimumReplicas === "one" ? Math.min(1, scaling.min) : scaling.min;
}

interface IngressParts {
  readonly namespaces: Namespaces;
  readonly options: pulumi.ComponentResourceOptions;
}

function defineIngress(
  prefix: string,
  { environment, services, network }: ServiceParts,
  { namespaces, options }: IngressParts,
): void {
  new PublicIngress(
    prefix,
    {
      domain: publicDomain(environment.ingress.domain),
      services,
      namespaces: Object.fromEntries(
        [...namespaces].map(([product, { namespaceName }]) => [product, namespaceName]),
      ),
      publicSubnetIds: network.publicSubnetIds,
      loadBalancerName: prefix,
      deletionProtection: environment.deletionProtection,
    },
    options,
  );
}

/** A plan goes on without a domain, under a name that never resolves. @see https://www.rfc-editor.org/rfc/rfc2606 */
function publicDomain(domain: string): string {
  return domain === unassigned ? `${unassigned}.invalid` : domain;
}
