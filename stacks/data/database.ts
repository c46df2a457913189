import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmTopic } from "../../components/alarm-topic";
import { createDatabaseUsers, DatabaseUsers, makerRoleArn } from "../../components/database-users";
import type { MultiAzCluster } from "../../components/multi-az-cluster";
import { MultiAzDatabase } from "../../components/multi-az-database";
import { type SecretsSync, secretsKeyAlias } from "../../components/secrets-sync";
import { dataClassTags, highestDataClass } from "../../components/shared/data-class";
import type { SecureVpc } from "../../components/secure-vpc";
import type { DataClass, ServiceRecord } from "../../components/shared/service-record";
import { boundaryArn } from "../accounts";
import type { Environment } from "../environment";

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
  readonly users: DatabaseUsers;
}

/** Beside those that services name: MLflow keeps its runs in it. */
const otherDatabases = ["mlflow"];

export function defineDatabase(prefix: string, parts: DatabaseParts): Database {
  const { environment, network, cluster, alarms, provider } = parts;
  const { region, accountId, data, deletionProtection } = environment;
  const database = new MultiAzDatabase(
    prefix,
    {
      region,
      accountId,
      vpcId: network.vpcId,
      subnetIdByZone: dataSubnets(environment, network),
      clientSecurityGroupIds: { nodes: cluster.nodeSecurityGroupId },
      ...data.database,
      alarmTopicArn: alarms.topicArn,
      permissionsBoundaryArn: boundaryArn(environment),
      protect: deletionProtection,
      tags: dataClassTags(databaseClass(parts.services)),
    },
    { providers: { aws: provider } },
  );
  return { database, users: defineUserFunctions(prefix, parts, database) };
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
): DatabaseUsers {
  const { region, accountId, secrets } = environment;
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
export function databaseSecrets(
  { accountId, secrets, recovery }: Environment,
  { database, users }: Database,
) {
  const { rotationFunctionArn, rotationRoleArn, makerRoleArn: ownMaker } = users;
  const there = makerRoleArn(accountId, secrets.environment, recovery.region);
  return {
    location: { host: database.endpoint, port: database.port },
    ...(rotationFunctionArn !== undefined &&
      rotationRoleArn !== undefined && {
        rotation: {
          functionArn: rotationFunctionArn,
          roleArn: rotationRoleArn,
          makerRoleArn: ownMaker,
          ...(secrets.replicate && { replicaMakerRoleArn: there }),
        },
      }),
  };
}

/** After the secrets that they fill, before the services that log in as them. */
export function defineDatabaseUsers(
  prefix: string,
  { environment, provider }: Pick<DatabaseParts, "environment" | "provider">,
  { database, users, secrets }: Database & { readonly secrets: SecretsSync },
): aws.lambda.Invocation {
  return createDatabaseUsers(prefix, users, {
    region: environment.region,
    provider,
    dependsOn: [secrets, ...database.instances],
  });
}
