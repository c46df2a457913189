import type * as aws from "@pulumi/aws";
import type { AlarmTopic } from "../components/alarm-topic";
import type { MultiAzCluster } from "../components/multi-az-cluster";
import type { ObservabilityStack } from "../components/observability-stack";
import { SecretsSync } from "../components/secrets-sync";
import type { SecureVpc } from "../components/secure-vpc";
import type { ServiceNamespace } from "../components/service-namespace";
import { prometheus } from "../components/shared/prometheus-address";
import type { ServiceRecord } from "../components/shared/service-record";
import { boundaryArn, roleArn } from "./accounts";
import { chartOf, imageOf } from "./chart-versions";
import { controllerNetwork, namesOf } from "./cluster-network";
import { type Database, databaseSecrets } from "./data/database";
import { storeLocations, storeRotations, type Stores } from "./data/stores";
import type { Environment } from "./environment";
import { receiverOwners } from "./observability/receiver-secrets";

export interface SecretsParts {
  readonly environment: Environment;
  readonly services: readonly ServiceRecord[];
  readonly network: SecureVpc;
  readonly cluster: MultiAzCluster;
  readonly alarms: AlarmTopic;
  readonly database: Database;
  readonly stores: Stores;
  readonly watched: ObservabilityStack;
  readonly provider: aws.Provider;
}

/** After the namespaces that it brings secrets to, before the services that start with them. */
export function defineSecrets(
  prefix: string,
  parts: SecretsParts,
  namespaces: ReadonlyMap<string, ServiceNamespace>,
): SecretsSync {
  const { environment, services, network, cluster, watched, provider } = parts;
  const { region, accountId, secrets, deletionProtection } = environment;
  return new SecretsSync(
    prefix,
    {
      region,
      accountId,
      environment: secrets.environment,
      source: secrets.source,
      records: [...services, ...receiverOwners(environment.alerting)],
      namespaces: {
        ...namesOf(namespaces),
        // Alertmanager is up before: it reads what is brought to it once it is there.
        [prometheus.namespace]: watched.monitoringNamespace,
      },
      network: controllerNetwork(network),
      oidcIssuer: cluster.oidcIssuer,
      versions: {
        externalSecrets: {
          chart: chartOf(environment, "externalSecrets"),
          image: imageOf(environment, "externalSecrets"),
        },
        reloader: {
          chart: chartOf(environment, "reloader"),
          image: imageOf(environment, "reloader"),
        },
      },
      ...(secrets.source === "own" && ownSecrets(parts)),
      storeLocations: {
        "database-user": databaseSecrets(environment, parts.database).location,
        ...storeLocations(parts.stores),
      },
      permissionsBoundaryArn: boundaryArn(environment),
      protect: deletionProtection,
    },
    {
      providers: { aws: provider, kubernetes: cluster.provider },
      dependsOn: [...cluster.ready, ...namespaces.values()],
    },
  );
}

/** What only the environment decides whose secrets they are. */
function ownSecrets({ environment, network, alarms, database, stores }: SecretsParts) {
  const { access, secrets, recovery } = environment;
  const { rotation } = databaseSecrets(environment, database);
  return {
    // Whoever deploys is none of them, and sees no value.
    administratorArns: [roleArn(environment, access.secretsAdministratorRole)],
    deployerArns: [roleArn(environment, access.deployerRole)],
    alarmTopicArn: alarms.topicArn,
    ...(secrets.replicate && { replicaRegion: recovery.region }),
    recoveryWindowDays: secrets.recoveryWindowDays,
    storeRotations: {
      ...(rotation !== undefined && { "database-user": rotation }),
      ...storeRotations(stores),
    },
    vpc: rotationNetwork(network),
  };
}

/** The nodes' subnets, whose way out is the NAT gateway where Secrets Manager has no endpoint. */
function rotationNetwork({ vpcId, privateSubnetIdByZone, endpointSecurityGroupId }: SecureVpc) {
  return {
    vpcId,
    subnetIds: Object.values(privateSubnetIdByZone),
    ...(endpointSecurityGroupId !== undefined && { endpointSecurityGroupId }),
  };
}
