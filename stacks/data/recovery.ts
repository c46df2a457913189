import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmTopic } from "../../components/alarm-topic";
import {
  type BucketCheck,
  type DatabaseCheck,
  DrReplication,
  type KeptStore,
  type VaultLock,
} from "../../components/dr-replication";
import type { MultiAzDatabase } from "../../components/multi-az-database";
import type { SecureVpc } from "../../components/secure-vpc";
import type { ServiceRecord } from "../../components/shared/service-record";
import { boundaryArn } from "../accounts";
import type { Environment } from "../environment";
import { databaseClass } from "./database";
import { modelClass } from "./model-bucket";
import { passingClass, type Stores } from "./stores";

interface RecoveryParts {
  readonly environment: Environment;
  readonly services: readonly ServiceRecord[];
  readonly network: SecureVpc;
  readonly alarms: AlarmTopic;
  readonly database: MultiAzDatabase;
  readonly stores: Stores;
  readonly provider: aws.Provider;
}

/**
 * Backups of whatever keeps data, and the proof that they can be restored. Undefined where all of it is a copy of another
 * environment's, which does both; once such a copy has taken over, Aurora's own backups and the bucket's versions are what there is.
 */
export function defineRecovery(prefix: string, parts: RecoveryParts): DrReplication | undefined {
  const { environment, network, alarms, database, provider } = parts;
  const { masterSecretArn } = database;
  if (masterSecretArn === undefined) return undefined;
  const { name, region, accountId, backup, recovery, deletionProtection } = environment;
  const { vital, reproducible, restoreTest, otherAccountVaultArn } = backup;
  const { endpointSecurityGroupId } = network;
  return new DrReplication(
    prefix,
    {
      region,
      accountId,
      environment: name,
      stores: storesOf(parts, masterSecretArn),
      plans: { vital, reproducible },
      ...(backup.copyToRecoveryRegion && { copyRegion: recovery.region }),
      ...(otherAccountVaultArn !== "none" && { otherAccountVaultArn }),
      lock: lockOf(environment),
      ...(restoreTest.enabled && {
        restoreTest: {
          schedule: restoreTest.schedule,
          rpoHours: restoreTest.rpoHours,
          rtoMinutes: restoreTest.rtoMinutes,
          network: {
            vpcId: network.vpcId,
            subnetIds: Object.values(network.privateSubnetIdByZone),
            ...(endpointSecurityGroupId !== undefined && { endpointSecurityGroupId }),
          },
        },
      }),
      alarmTopicArn: alarms.topicArn,
      permissionsBoundaryArn: boundaryArn(environment),
      protect: deletionProtection,
    },
    { providers: { aws: provider } },
  );
}

function lockOf({ backup: { lock } }: Environment): VaultLock {
  const { mode, minRetentionDays, coolingOffDays } = lock;
  switch (mode) {
    case "none":
      return { mode };
    case "governance":
      return { mode, minRetentionDays };
    case "compliance":
      return { mode, minRetentionDays, coolingOffDays };
  }
}

/** Every one of them: the policy dr-data-class refuses what keeps data and says nothing of its worth. */
function storesOf(
  { environment, services, database, stores }: RecoveryParts,
  masterSecretArn: pulumi.Output<string>,
): Record<string, KeptStore> {
  const { cache, broker, eventStream, modelBucket } = stores;
  return {
    database: {
      kind: "database",
      dataClass: databaseClass(services),
      arn: database.clusterArn,
      keyArn: database.keyArn,
      endpoint: database.endpoint,
      port: database.port,
      masterSecretArn,
      instanceClass: environment.data.database.instanceClass,
      subnetGroupName: database.subnetGroupName,
      securityGroupId: database.securityGroupId,
      checks: databaseChecks(services),
    },
    ...(modelBucket?.own !== undefined && {
      models: {
        kind: "bucket",
        dataClass: modelClass(services),
        bucketName: modelBucket.own.bucketName,
        arn: modelBucket.own.bucketArn,
        keyArn: modelBucket.own.keyArn,
        checks: bucketChecks(environment),
      } as const,
    }),
    ...(cache !== undefined && elsewhere("cache", "its own daily snapshots")),
    ...(broker !== undefined && elsewhere("broker", "nothing: what is on its way is sent again")),
    ...(eventStream !== undefined && elsewhere("events", "three copies in three zones, no backup")),
    users: {
      kind: "elsewhere",
      dataClass: "vital",
      broughtBackBy: "deletion protection alone: Cognito keeps no backup",
    },
  };
}

function elsewhere(key: string, broughtBackBy: string): Record<string, KeptStore> {
  return { [key]: { kind: "elsewhere", dataClass: passingClass, broughtBackBy } };
}

/** A day's growth or clearing up is no damage. */
const tolerancePercent = 25;

/** Every table of every database that a service names. */
function databaseChecks(services: readonly ServiceRecord[]): DatabaseCheck[] {
  const named = new Set(services.flatMap(({ database }) => database ?? []));
  return [...named].sort().map((database) => ({ kind: "row-counts", database, tolerancePercent }));
}

const comparedObjects = 50;

function bucketChecks({ backup }: Environment): BucketCheck[] {
  const atMostSeconds = backup.restoreTest.rpoHours * 3600;
  return [
    { kind: "object-count", prefix: "", tolerancePercent },
    { kind: "newest-object", prefix: "", atMostSeconds },
    { kind: "object-checksums", prefix: "", sample: comparedObjects },
  ];
}
