import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmTopic } from "../../components/alarm-topic";
import { createDatabaseUsers, DatabaseUsers, makerRoleArn } from "../../components/database-users";
import type { MultiAzCluster } from "../../components/multi-az-cluster";
import { type GlobalDatabase, MultiAzDatabase } from "../../components/multi-az-database";
import { type SecretsSync, secretsKeyAlias } from "../../components/secrets-sync";
import { dataClassTags, highestDataClass } from "../../components/shared/data-class";
import type { SecureVpc } from "../../components/secure-vpc";
import type { DataClass, ServiceRecord } from "../../components/shared/service-record";
import { boundaryArn } from "../accounts";
import { chaosTags } from "../chaos-targets";
import type { Environment } from "../environment";
import { isWarm } from "../recovery-mode";

interface DatabaseParts {
  readonly environment: Environment;
  readonly services: readonly ServiceRecord[];
  readonly network: SecureVpc;
  readonly cluster: MultiAzCluster;
  readonly alarms: AlarmTopic;
  readonly provider: aws.Provider;
}

/** The database and the functions that make its users; the users come once their secrets are there. */
export interface Database {
  readonly database: MultiAzDatabase;
  /** Undefined in a copy: the users come with the data, and their passwords with the copies of their secrets. */
  readonly users: DatabaseUsers | undefined;
}

/** Beside those that services name: MLflow keeps its runs in it. */
const otherDatabases = ["mlflow"];

export function defineDatabase(prefix: string, parts: DatabaseParts): Database {
  const { environment, network, cluster, alarms, provider } = parts;
  const { region, accountId, data, deletionProtection } = environment;
  const { availability, instanceClass, backupRetentionDays, logRetentionDays, insights } =
    data.database;
  const database = new MultiAzDatabase(
    prefix,
    {
      region,
      accountId,
      vpcId: network.vpcId,
      subnetIdByZone: dataSubnets(environment, network),
      clientSecurityGroupIds: { nodes: cluster.nodeSecurityGroupId },
      ...{ availability, instanceClass, backupRetentionDays, logRetentionDays, insights },
      ...globalPart(environment),
      alarmTopicArn: alarms.topicArn,
      permissionsBoundaryArn: boundaryArn(environment),
      protect: deletionProtection,
      tags: { ...dataClassTags(databaseClass(parts.services)), ...chaosTags(environment) },
    },
    { providers: { aws: provider } },
  );
  return { database, users: defineUserFunctions(prefix, parts, database) };
}

function globalPart(environment: Environment): { globalDatabase?: GlobalDatabase } {
  const { data, recovery, secrets } = environment;
  switch (data.database.global) {
    case "none":
      return {};
    case "primary":
      return { globalDatabase: { role: "primary", copyRegion: recovery.region } };
    case "secondary":
      return {
        globalDatabase: {
          role: "secondary",
          identifier: `auterity-${secrets.environment}`,
          primaryRegion: recovery.region,
          instances: isWarm(environment, "database") ? "readers" : "headless",
          rpoSeconds: recovery.objectives.rpoSeconds,
        },
      };
  }
}

/** As much worth as what the services keep in it. */
export function databaseClass(services: readonly ServiceRecord[]): DataClass {
  return highestDataClass(
    services.flatMap(({ database, dataClass }) => (database === undefined ? [] : dataClass)),
  );
}

/** By zone, as the network numbers them. */
function dataSubnets(
  { network: { availabilityZones } }: Environment,
  { dataSubnetIds }: SecureVpc,
): Record<string, pulumi.Output<string>> {
  return Object.fromEntries(
    availabilityZones.flatMap((zone, index) => {
      const subnetId = dataSubnetIds[index];
      return subnetId === undefined ? [] : [[zone, subnetId]];
    }),
  );
}

function defineUserFunctions(
  prefix: string,
  { environment, services, network, provider }: DatabaseParts,
  database: MultiAzDatabase,
): DatabaseUsers | undefined {
  const { region, accountId, secrets } = environment;
  if (database.masterSecretArn === undefined) return undefined;
  const named = services.flatMap((record) => record.database ?? []);
  const { endpointSecurityGroupId } = network;
  return new DatabaseUsers(
    prefix,
    {
      region,
      accountId,
      environment: secrets.environment,
      secrets: secrets.source,
      cluster: database,
      databases: [...new Set([...named, ...otherDatabases])].sort(),
      clients: services,
      network: {
        vpcId: network.vpcId,
        subnetIds: Object.values(network.privateSubnetIdByZone),
        ...(endpointSecurityGroupId !== undefined && { endpointSecurityGroupId }),
      },
      secretsKeyAlias: secretsKeyAlias(secrets.environment),
      permissionsBoundaryArn: boundaryArn(environment),
    },
    { providers: { aws: provider } },
  );
}

/** What SecretsSync needs to know of the users of the database. */
export function databaseSecrets(environment: Environment, { database, users }: Database) {
  const location = { host: database.endpoint, port: database.port };
  if (users?.rotationFunctionArn === undefined || users.rotationRoleArn === undefined)
    return { location };
  return {
    location,
    rotation: {
      functionArn: users.rotationFunctionArn,
      roleArn: users.rotationRoleArn,
      makerRoleArn: users.makerRoleArn,
      ...replicaMaker(environment),
    },
  };
}

/** Whoever makes the same users in the other region; in a global database nobody has to. */
function replicaMaker({ accountId, data, secrets, recovery }: Environment) {
  if (!secrets.replicate || data.database.global !== "none") return {};
  return { replicaMakerRoleArn: makerRoleArn(accountId, secrets.environment, recovery.region) };
}

/** After the secrets that they fill, before the services that log in as them. */
export function defineDatabaseUsers(
  prefix: string,
  { environment, provider }: Pick<DatabaseParts, "environment" | "provider">,
  { database, users, secrets }: Database & { readonly secrets: SecretsSync },
): readonly pulumi.Resource[] {
  if (users === undefined) return database.instances;
  return [
    createDatabaseUsers(prefix, users, {
      region: environment.region,
      provider,
      dependsOn: [secrets, ...database.instances],
    }),
  ];
}
