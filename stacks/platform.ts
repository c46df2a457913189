import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { AlarmTopic } from "../components/alarm-topic";
import type { EdgeProtection } from "../components/edge-protection";
import { autoscalerWebhookPorts } from "../components/event-driven-autoscaler";
import { ImageRegistry, pullThroughPolicy } from "../components/image-registry";
import { type EndpointAccess, MultiAzCluster } from "../components/multi-az-cluster";
import { observabilityUdpPorts } from "../components/observability-stack";
import type { SecureVpc } from "../components/secure-vpc";
import { conversationNodeEgress } from "../components/service-conversations";
import { assertCatalogue } from "../components/shared/catalogue";
import type { ServiceRecord } from "../components/shared/service-record";
import { boundaryArn, roleArn } from "./accounts";
import { defineAnomalyAlarms } from "./anomaly-alarms";
import { defineChaos } from "./chaos";
import { chaosTags } from "./chaos-targets";
import { clusterNodes } from "./cluster-nodes";
import { clusterVersions } from "./cluster-versions";
import { defineClusterCosts } from "./cluster-costs";
import { defineCosts } from "./costs";
import { defineDatabase } from "./data/database";
import { defineRecovery } from "./data/recovery";
import { defineStores } from "./data/stores";
import { defineDns } from "./dns";
import { defineEdge, defineUsers } from "./edge";
import type { Environment } from "./environment";
import { registryHost, registryNamespace } from "./images";
import { defineFlowLogAnalysis, defineNetwork } from "./network";
import { defineNodeAutoscaler } from "./node-autoscaling";
import { defineObservability, type ObservabilityParts } from "./observability";
import { defineDashboards } from "./observability/dashboards";
import { defineRules } from "./observability/rules";
import { isPilotLight } from "./recovery-mode";
import { servicesOf } from "./releases";
import { defineScanner } from "./scanner";
import { services as catalogue } from "./services";
import { defineSynthetics } from "./synthetics";
import { defineViewers, viewerGroup } from "./viewers";
import { defineServices } from "./workloads";
import { defineZonalAutoshift } from "./zonal-autoshift";

/** What people and other programs need of a deployed environment. */
export interface PlatformOutputs {
  readonly vpcId: pulumi.Output<string>;
  readonly clusterName: string;
  readonly clusterEndpoint: pulumi.Output<string>;
  readonly registryHost: string;
  readonly userPoolId: pulumi.Output<string>;
  readonly databaseIdentifier: pulumi.Output<string>;
  /** Where the records of the public hosts point to; undefined until the controller has made it, and in a pilot light. */
  readonly loadBalancerHostname: pulumi.Output<string | undefined> | undefined;
  readonly loadBalancerSecurityGroupId: pulumi.Output<string> | undefined;
  /** By which Route 53 sends people here or not; "none" where a person makes the records. */
  readonly healthCheckId: pulumi.Output<string> | "none";
  /** What a person adds to the domain's zone, unless the zone is ours. */
  readonly certificateRecords: EdgeProtection["validationRecords"];
}

/** The whole platform of one environment: read from top to bottom, it is the picture in ARCHITECTURE.md. */
export function definePlatform(
  environment: Environment,
  records: readonly ServiceRecord[] = catalogue,
): PlatformOutputs {
  assertCatalogue(records);
  const services = servicesOf(environment, records);
  const prefix = `auterity-${environment.name}`;
  const provider = awsProvider(prefix, environment);

  const alarms = defineAlarms(prefix, environment, provider);
  const network = defineNetwork(prefix, environment, provider);
  defineCosts(prefix, { environment, alarms, provider });
  defineFlowLogAnalysis(prefix, { environment, services, network, alarms, provider });
  const cluster = defineCluster(prefix, { environment, services, network, provider });
  const tags = costTags(environment);
  const whole = !isPilotLight(environment);
  const nodes = { environment, services, network, cluster, tags, provider };
  const headroom = whole ? defineNodeAutoscaler(prefix, nodes) : undefined;
  defineZonalAutoshift(prefix, { environment, cluster, alarms, provider });
  defineChaos(prefix, { environment, network, cluster, alarms, provider });
  defineViewers(prefix, cluster);
  defineRegistry(prefix, { environment, services, cluster, provider });
  const edge = defineEdge(prefix, { environment, services, alarms, provider });
  if (whole) defineSynthetics(prefix, { environment, services, alarms, provider });
  const users = defineUsers(prefix, { environment, services, alarms, provider }, edge);
  const common = { environment, services, network, cluster, alarms, provider };
  const watched = whole ? defineWatchers(prefix, { ...common, users }) : undefined;
  const database = defineDatabase(prefix, common);
  const stores = defineStores(prefix, common);
  if (whole) defineAnomalyAlarms(prefix, { ...common, database: database.database });
  defineRecovery(prefix, { ...common, database: database.database, stores });
  const ingress =
    watched === undefined
      ? undefined
      : defineServices(prefix, { ...common, headroom, edge, database, stores, watched });
  const dns = defineDns(prefix, { environment, services, ingress, provider });

  return {
    vpcId: network.vpcId,
    clusterName: prefix,
    clusterEndpoint: cluster.endpoint,
    registryHost: registryHost(environment),
    userPoolId: users.userPoolId,
    databaseIdentifier: database.database.clusterIdentifier,
    loadBalancerHostname: ingress?.loadBalancerHostname,
    loadBalancerSecurityGroupId: ingress?.securityGroupId,
    healthCheckId: dns?.healthCheckId ?? "none",
    certificateRecords: edge.validationRecords,
  };
}

/** What measures, keeps logs and traces, warns, scans and prices. */
function defineWatchers(prefix: string, parts: ObservabilityParts) {
  const watched = defineObservability(prefix, parts);
  const rules = defineRules(prefix, { ...parts, watched });
  defineDashboards(prefix, { ...parts, rules, watched });
  defineScanner(prefix, parts);
  defineClusterCosts(prefix, parts);
  return watched;
}

/** What costs are allocated by. */
function costTags({ name }: Environment): Record<string, string> {
  return { project: "auterity", environment: name, "managed-by": "pulumi" };
}

/** The only way to AWS: explicit region, one account, and the tags that cost allocation rests on. */
function awsProvider(prefix: string, environment: Environment): aws.Provider {
  return new aws.Provider(prefix, {
    region: environment.region as aws.Region,
    allowedAccountIds: [environment.accountId],
    defaultTags: { tags: costTags(environment) },
  });
}

function defineAlarms(
  prefix: string,
  { region, accountId, alarms }: Environment,
  provider: aws.Provider,
): AlarmTopic {
  return new AlarmTopic(
    prefix,
    { region, accountId, emailAddresses: alarms.emailAddresses },
    { providers: { aws: provider } },
  );
}

/** Apart from the nodes' zones: a zone that is appended to the network must not change the cluster. */
function controlPlaneSubnets(
  { cluster, network }: Environment,
  { clusterSubnetIds }: SecureVpc,
): pulumi.Output<string>[] {
  return clusterSubnetIds.filter((_, index) =>
    cluster.controlPlaneZones.includes(network.availabilityZones[index] ?? ""),
  );
}

function endpointAccess({ cluster }: Environment): EndpointAccess {
  const { publicEndpointCidrs, privateEndpointCidrs } = cluster;
  return {
    public: publicEndpointCidrs.length > 0 ? { cidrBlocks: publicEndpointCidrs } : false,
    private: { cidrBlocks: privateEndpointCidrs },
  };
}

interface NetworkParts {
  environment: Environment;
  services: readonly ServiceRecord[];
  network: SecureVpc;
  provider: aws.Provider;
}

function defineCluster(
  prefix: string,
  { environment, services, network, provider }: NetworkParts,
): MultiAzCluster {
  const { access, cluster, region, accountId, deletionProtection } = environment;
  return new MultiAzCluster(
    prefix,
    {
      region,
      accountId,
      clusterName: prefix,
      vpcId: network.vpcId,
      vpcCidrBlock: network.cidrBlock,
      clusterSubnetIds: controlPlaneSubnets(environment, network),
      nodeSubnetIdByZone: network.privateSubnetIdByZone,
      versions: clusterVersions(environment),
      supportType: cluster.supportType,
      endpointAccess: endpointAccess(environment),
      webhookPorts: autoscalerWebhookPorts,
      nodeUdpPorts: observabilityUdpPorts,
      accessEntries: {
        deployer: {
          principalArn: roleArn(environment, access.deployerRole),
          policy: "cluster-admin",
        },
        viewer: {
          principalArn: roleArn(environment, access.viewerRole),
          policy: "view",
          groups: [viewerGroup],
        },
      },
      nodeClasses: clusterNodes(environment),
      nodeEgress: conversationNodeEgress({
        records: services,
        dataSubnetCidrs: network.subnetCidrs.data,
      }),
      nodeCommands: environment.chaos.enabled && environment.chaos.nodeLatency,
      permissionsBoundaryArn: boundaryArn(environment),
      // The provider's tags do not reach what the cluster makes by itself: nodes, volumes, load balancers.
      tags: { ...costTags(environment), ...chaosTags(environment) },
      logRetentionDays: cluster.logRetentionDays,
      zonalShift: cluster.zonalShift,
      deletionProtection,
      protect: deletionProtection,
    },
    { providers: { aws: provider } },
  );
}

interface RegistryParts {
  environment: Environment;
  services: readonly ServiceRecord[];
  cluster: MultiAzCluster;
  provider: aws.Provider;
}

function defineRegistry(
  prefix: string,
  { environment, services, cluster, provider }: RegistryParts,
): void {
  const { registry, region, accountId, recovery, deletionProtection } = environment;
  if (registry.source === "replicated") return;
  const { cache } = new ImageRegistry(
    prefix,
    {
      region,
      accountId,
      namespace: registryNamespace,
      repositories: services.map((service) => service.image),
      ...(registry.ownsAccountSettings && { replicaRegion: recovery.region }),
      ownsRegistrySettings: registry.ownsAccountSettings,
      permissionsBoundaryArn: boundaryArn(environment),
      pullThroughCaches: ["public.ecr.aws", "registry.k8s.io", "quay.io"],
      protect: deletionProtection,
    },
    { providers: { aws: provider } },
  );
  // The first pull of an image through a cache creates its repository, in the name of the node that pulls.
  new aws.iam.RolePolicy(
    `${prefix}-nodes-fill-caches`,
    {
      role: cluster.nodeRoleName,
      policy: JSON.stringify(
        pullThroughPolicy({ region, accountId, namespace: registryNamespace }, cache.upstreams),
      ),
    },
    { provider },
  );
}
