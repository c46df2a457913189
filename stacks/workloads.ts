import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { basename } from "node:path";
import type { EdgeProtection } from "../components/edge-protection";
import type { NodeHeadroom } from "../components/node-headroom";
import { telemetryAgent } from "../components/observability-stack";
import { PlatformService, PriorityClasses } from "../components/platform-service";
import type { ProgressiveDelivery } from "../components/progressive-delivery";
import { PublicIngress } from "../components/public-ingress";
import type { SecretsSync } from "../components/secrets-sync";
import { ServiceConversations } from "../components/service-conversations";
import { ServiceNamespace } from "../components/service-namespace";
import { controllerNetworkPolicies } from "../components/shared/controller-network-policies";
import { databaseCertificates } from "../components/shared/database-certificates";
import type { ServiceRecord } from "../components/shared/service-record";
import { databaseCertificatesPath } from "../components/shared/store-user-values";
import { controllerNetwork, namesOf } from "./cluster-network";
import { defineDatabaseUsers } from "./data/database";
import { defineIdentities } from "./data/identities";
import { storeSettings } from "./data/stores";
import { hasDns } from "./dns";
import { publicDomain } from "./edge";
import { imageReference } from "./images";
import { telemetrySettings } from "./observability";
import { definePaging } from "./paging";
import { defineProgressiveDelivery } from "./releases";
import { defineAutoscaler, defineScaling, minimumReplicas } from "./scaling";
import { defineSecrets, type SecretsParts } from "./secrets";

interface ServiceParts extends SecretsParts {
  readonly edge: EdgeProtection;
  readonly headroom: NodeHeadroom | undefined;
}

type Namespaces = ReadonlyMap<string, ServiceNamespace>;

/** Everything inside the cluster waits for its controllers, and goes before them when the platform is destroyed. */
export function defineServices(prefix: string, parts: ServiceParts): PublicIngress {
  const { cluster } = parts;
  const inCluster = { providers: { kubernetes: cluster.provider }, dependsOn: cluster.ready };
  const priorities = new PriorityClasses(prefix, {}, inCluster);
  const namespaces = defineNamespaces(prefix, parts, inCluster);
  boundControllers(prefix, parts);
  const conversations = defineConversations(prefix, parts, { namespaces, inCluster });
  const secrets = defineSecrets(prefix, parts, namespaces);
  definePaging(prefix, { ...parts, secrets });
  const databaseUsers = defineDatabaseUsers(prefix, parts, { ...parts.database, secrets });
  const certificates = defineCertificates(prefix, parts, namespaces);
  const rollouts = defineProgressiveDelivery(prefix, parts, namespaces);
  const autoscaler = defineAutoscaler(prefix, parts, namespaces);
  const identities = defineIdentities(prefix, parts);
  const workloads = parts.services.map((record) => {
    const namespace = namespaceOf(namespaces, record);
    const placement = {
      ...{ record, namespace, priorities, conversations, secrets },
      ...{ databaseUsers, certificates, rollouts, identity: identities.get(record.name) },
    };
    const workload = defineService(prefix, parts, placement);
    defineScaling(prefix, parts, { record, workload, namespace, secrets, autoscaler });
    return workload;
  });
  return defineIngress(prefix, parts, { namespaces, dependsOn: [...cluster.ready, ...workloads] });
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

interface Isolation {
  readonly namespaces: Namespaces;
  readonly inCluster: pulumi.ComponentResourceOptions;
}

/** After the namespaces, which refuse everything; before the services, whose first call would be refused. */
function defineConversations(
  prefix: string,
  { services, network }: ServiceParts,
  { namespaces, inCluster }: Isolation,
): ServiceConversations {
  return new ServiceConversations(
    prefix,
    {
      records: services,
      namespaces: namesOf(namespaces),
      publicSubnetCidrs: network.subnetCidrs.public,
      dataSubnetCidrs: network.subnetCidrs.data,
      telemetryAgent,
    },
    { ...inCluster, dependsOn: [...namespaces.values()] },
  );
}

/** In kube-system the load balancer controller alone is ours to bound: EKS's own add-ons stay as they are. */
function boundControllers(prefix: string, { cluster, network }: ServiceParts): void {
  controllerNetworkPolicies(
    prefix,
    {
      controller: "aws-load-balancer-controller",
      namespace: "kube-system",
      podLabels: { "app.kubernetes.io/name": "aws-load-balancer-controller" },
      webhookPort: 9443,
      metricsPort: 8080,
      egress: { apiServer: true, https: true, podIdentity: true },
      network: controllerNetwork(network),
    },
    { provider: cluster.provider, dependsOn: cluster.ready },
  );
}

function namespaceOf(namespaces: Namespaces, { product }: ServiceRecord): ServiceNamespace {
  const namespace = namespaces.get(product);
  if (namespace === undefined) throw new Error(`no namespace for the product ${product}`);
  return namespace;
}

interface Placement {
  readonly record: ServiceRecord;
  readonly namespace: ServiceNamespace;
  readonly priorities: PriorityClasses;
  readonly conversations: ServiceConversations;
  readonly secrets: SecretsSync;
  readonly databaseUsers: readonly pulumi.Resource[];
  readonly certificates: Certificates;
  /** What carries out blue-green releases, where a service asks for them. */
  readonly rollouts: ProgressiveDelivery | undefined;
  /** Who the service is in AWS, if it is anybody: a pod learns it at its start. */
  readonly identity: pulumi.Resource | undefined;
}

function defineService(
  prefix: string,
  { environment, cluster, stores }: ServiceParts,
  placement: Placement,
): PlatformService {
  const { record, namespace, priorities, conversations, secrets, rollouts } = placement;
  return new PlatformService(
    `${prefix}-${record.name}`,
    {
      record,
      image: imageReference(environment, record),
      namespace: namespace.namespaceName,
      zones: environment.network.availabilityZones.length,
      minimumReplicas: minimumReplicas(environment, record),
      priorityClassNames: priorities.names,
      secretEnvironment: secrets.secretEnvironment[record.name] ?? {},
      settings: { ...telemetrySettings(environment, record), ...storeSettings(record, stores) },
      ...databaseCertificatesOf(placement),
    },
    {
      providers: { kubernetes: cluster.provider },
      dependsOn: [
        ...[namespace, conversations, secrets],
        // Nobody logs in before there is a user.
        ...(record.database === undefined ? [] : placement.databaseUsers),
        // The others are no worse off where it cannot be installed.
        ...(record.rollout === "blue-green" && rollouts !== undefined ? [rollouts] : []),
        ...(placement.identity === undefined ? [] : [placement.identity]),
      ],
    },
  );
}

/** Names of the ConfigMaps with the database's certificates, by product. */
type Certificates = ReadonlyMap<string, pulumi.Output<string>>;

/** What pods check the database's certificate against, in each namespace with a service that connects to it. */
function defineCertificates(
  prefix: string,
  { environment, services, cluster }: ServiceParts,
  namespaces: Namespaces,
): Certificates {
  const products = new Set(
    services.filter(({ database }) => database !== undefined).map(({ product }) => product),
  );
  return new Map(
    [...products].map((product) => {
      const { metadata } = new k8s.core.v1.ConfigMap(
        `${prefix}-${product}-database-certificates`,
        {
          metadata: {
            name: "database-certificates",
            namespace: namespaces.get(product)?.namespaceName ?? product,
            labels: { "app.kubernetes.io/managed-by": "pulumi" },
          },
          data: { [basename(databaseCertificatesPath)]: databaseCertificates(environment.region) },
        },
        { provider: cluster.provider, dependsOn: cluster.ready },
      );
      return [product, metadata.name] as const;
    }),
  );
}

function databaseCertificatesOf({ record, certificates }: Placement) {
  const configMapName = certificates.get(record.product);
  return record.database === undefined || configMapName === undefined
    ? {}
    : { databaseCertificates: configMapName };
}

interface IngressParts {
  readonly namespaces: Namespaces;
  readonly dependsOn: pulumi.Resource[];
}

function defineIngress(
  prefix: string,
  { environment, services, network, cluster, edge, provider }: ServiceParts,
  { namespaces, dependsOn }: IngressParts,
): PublicIngress {
  return new PublicIngress(
    prefix,
    {
      network: {
        region: environment.region,
        vpcId: network.vpcId,
        nodeSecurityGroupId: cluster.nodeSecurityGroupId,
      },
      domain: publicDomain(environment),
      ...(hasDns(environment) && { regionalLabel: environment.name }),
      services,
      namespaces: namesOf(namespaces),
      publicSubnetIds: network.publicSubnetIds,
      loadBalancerName: prefix,
      certificateArn: edge.certificateArn,
      webAclArn: edge.webAclArn,
      accessLogs: edge.balancerLogs.access,
      connectionLogs: edge.balancerLogs.connection,
      deletionProtection: environment.deletionProtection,
    },
    { providers: { aws: provider, kubernetes: cluster.provider }, dependsOn },
  );
}
