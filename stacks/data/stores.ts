import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmTopic } from "../../components/alarm-topic";
import { EventStream } from "../../components/event-stream";
import { MessageBroker } from "../../components/message-broker";
import { MultiAzCache } from "../../components/multi-az-cache";
import type { MultiAzCluster } from "../../components/multi-az-cluster";
import { secretsKeyAlias } from "../../components/secrets-sync";
import { dataClassTags } from "../../components/shared/data-class";
import type { SecureVpc } from "../../components/secure-vpc";
import { environmentSecretPath, secretName } from "../../components/shared/secret-names";
import type { ServiceRecord, Store } from "../../components/shared/service-record";
import { boundaryArn, roleArn } from "../accounts";
import { chaosTags } from "../chaos-targets";
import type { Environment } from "../environment";
import { isWarm } from "../recovery-mode";
import { defineModelBucket, type ModelBucket } from "./model-bucket";

export interface StoreParts {
  readonly environment: Environment;
  readonly services: readonly ServiceRecord[];
  readonly network: SecureVpc;
  readonly cluster: MultiAzCluster;
  readonly alarms: AlarmTopic;
  readonly provider: aws.Provider;
}

/** Undefined is what no service names, or what the environment does without. */
export interface Stores {
  readonly cache: MultiAzCache | undefined;
  readonly broker: MessageBroker | undefined;
  readonly eventStream: EventStream | undefined;
  readonly modelBucket: ModelBucket | undefined;
}

/** What services keep outside of themselves, beside the database: each store that one of them names in the catalogue. */
export function defineStores(prefix: string, parts: StoreParts): Stores {
  const { environment } = parts;
  const named = new Set(parts.services.flatMap(({ talksTo }) => talksTo.stores));
  const hasStream = environment.data.eventStream.enabled && isWarm(environment, "event-stream");
  return {
    cache:
      named.has("redis") && isWarm(environment, "cache") ? defineCache(prefix, parts) : undefined,
    broker:
      named.has("rabbitmq") && isWarm(environment, "broker")
        ? defineBroker(prefix, parts)
        : undefined,
    eventStream: named.has("kafka") && hasStream ? defineEventStream(prefix, parts) : undefined,
    modelBucket: named.has("model-bucket") ? defineModelBucket(prefix, parts) : undefined,
  };
}

/** Every pod is in the nodes' group; which of them may connect is for network policies, and for the users of the store. */
function dataTier({ network, cluster }: StoreParts) {
  return {
    vpcId: network.vpcId,
    subnetIds: network.dataSubnetIds,
    clients: { nodes: cluster.nodeSecurityGroupId },
  };
}

/** Names of the secrets of a store's users, by service. */
function users(
  { environment, services }: StoreParts,
  store: Store,
  secret: string,
): Record<string, { secretName: string }> {
  return Object.fromEntries(
    services
      .filter(({ talksTo }) => talksTo.stores.includes(store))
      .map(({ name }) => [
        name,
        { secretName: secretName(environment.secrets.environment, name, secret) },
      ]),
  );
}

/**
 * What is in them is on its way, or can be computed again; what they keep by themselves is in docs/disaster-recovery.md.
 */
export const passingClass = "reproducible";

function common({ environment, alarms }: StoreParts) {
  const { region, accountId, deletionProtection } = environment;
  return {
    ...{ region, accountId, alarmTopicArn: alarms.topicArn, protect: deletionProtection },
    tags: dataClassTags(passingClass),
  };
}

function defineCache(prefix: string, parts: StoreParts): MultiAzCache {
  const { environment, provider } = parts;
  const { cache } = environment.data;
  return new MultiAzCache(
    prefix,
    {
      ...common(parts),
      tags: { ...dataClassTags(passingClass), ...chaosTags(environment) },
      cacheName: prefix,
      network: dataTier(parts),
      nodeType: cache.nodeType,
      nodes: cache.nodes,
      // No record says which keys are whose, and the worker writes what the API reads: users differ, their keys do not.
      users: users(parts, "redis", "cache"),
      secretsKeyAlias: secretsKeyAlias(environment.secrets.environment),
      snapshotRetentionDays: cache.snapshotRetentionDays,
      permissionsBoundaryArn: boundaryArn(environment),
    },
    { providers: { aws: provider } },
  );
}

function defineBroker(prefix: string, parts: StoreParts): MessageBroker {
  const { environment, network, provider } = parts;
  const { access, data } = environment;
  const { endpointSecurityGroupId } = network;
  return new MessageBroker(
    prefix,
    {
      ...common(parts),
      brokerName: prefix,
      deployment: data.broker.deployment,
      network: dataTier(parts),
      rotationNetwork: {
        subnetIds: Object.values(network.privateSubnetIdByZone),
        ...(endpointSecurityGroupId !== undefined && { endpointSecurityGroupId }),
      },
      instanceType: data.broker.instanceType,
      users: users(parts, "rabbitmq", "broker"),
      administrator: {
        // Of this environment, even where the services' secrets are another's.
        secretName: `${environmentSecretPath(environment.name)}/broker-administrator`,
        readerArns: [roleArn(environment, access.secretsAdministratorRole)],
        deployerArns: [roleArn(environment, access.deployerRole)],
      },
      secretsKeyAlias: secretsKeyAlias(environment.secrets.environment),
      permissionsBoundaryArn: boundaryArn(environment),
    },
    { providers: { aws: provider } },
  );
}

function defineEventStream(prefix: string, parts: StoreParts): EventStream {
  const { eventStream } = parts.environment.data;
  return new EventStream(
    prefix,
    {
      ...common(parts),
      clusterName: prefix,
      // MSK spreads over three zones and stays in them: one that is appended to the network must not change it.
      network: { ...dataTier(parts), subnetIds: parts.network.dataSubnetIds.slice(0, 3) },
      instanceType: eventStream.instanceType,
      brokersPerZone: eventStream.brokersPerZone,
      storageGiB: eventStream.storageGiB,
    },
    { providers: { aws: parts.provider } },
  );
}

/** Variables that tell a service where its stores are; what carries a password comes with its secret instead. */
export function storeSettings(
  { talksTo }: ServiceRecord,
  { eventStream, modelBucket }: Stores,
): Record<string, pulumi.Input<string>> {
  return {
    ...(talksTo.stores.includes("kafka") &&
      eventStream !== undefined && { KAFKA_BOOTSTRAP_SERVERS: eventStream.bootstrapServers }),
    ...(talksTo.stores.includes("model-bucket") &&
      modelBucket !== undefined && { MODEL_BUCKET: modelBucket.bucketName }),
  };
}

/** Where users of stores connect to, for the URLs in their secrets. */
export function storeLocations({ cache, broker }: Stores) {
  return {
    ...(cache !== undefined && { "cache-user": { host: cache.primaryHost, port: cache.port } }),
    ...(broker !== undefined && { "broker-user": { host: broker.host, port: broker.port } }),
  };
}

/** What makes those users; it fills a secret that nobody has filled. */
export function storeRotations({ cache, broker }: Stores) {
  return {
    ...(cache !== undefined && { "cache-user": { ...cache.rotation, fillsFirst: true } }),
    ...(broker !== undefined && { "broker-user": { ...broker.rotation, fillsFirst: true } }),
  };
}
