import {
  CreateDBInstanceCommand,
  type DBCluster,
  DeleteDBInstanceCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  ModifyDBClusterCommand,
  type RDSClient,
} from "@aws-sdk/client-rds";
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { accepts, type Login, newPassword } from "../shared/postgres";

/** Of the instances that the function makes; its role may make and delete no other. */
const instancePrefix = "restore-check-";

export interface RestoredCluster {
  readonly client: RDSClient;
  readonly clusterArn: string;
  readonly instanceClass: string;
  /** Of the clock, in milliseconds: the run ends then. */
  readonly deadline: number;
  /** Default: 15 s. */
  readonly pauseMilliseconds?: number;
}

/** AWS Lambda starts the run again after it, and then more of it is done. */
export class NotReadyError extends Error {
  override readonly name = "NotReadyError";
}

/**
 * AWS Backup restores a cluster without an instance, and nobody can log in to it: the passwords are those of the day of the
 * backup. It gets an instance, and its administrator another password, which nobody else ever knows. May be repeated.
 */
export async function openCluster(restored: RestoredCluster): Promise<Login> {
  const { client, instanceClass } = restored;
  const cluster = await describe(restored);
  const { DBClusterIdentifier: identifier, Engine } = cluster;
  const instance = instanceName(restored.clusterArn);
  if ((await instanceStatus(restored)) === undefined)
    await client.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: instance,
        DBClusterIdentifier: identifier,
        DBInstanceClass: instanceClass,
        Engine,
        PubliclyAccessible: false,
        AutoMinorVersionUpgrade: false,
      }),
    );
  await until(restored, "the instance to be available", async () => {
    const status = await instanceStatus(restored);
    return status === "available" && (await describe(restored)).Status === "available";
  });
  const password = newPassword();
  await client.send(
    new ModifyDBClusterCommand({
      DBClusterIdentifier: identifier,
      MasterUserPassword: password,
      ApplyImmediately: true,
    }),
  );
  const login = {
    ...{ host: cluster.Endpoint ?? "", port: cluster.Port ?? 5432, dbname: "postgres" },
    ...{ username: cluster.MasterUsername ?? "", password },
  };
  await until(restored, "the new password", () => accepts(login));
  return login;
}

/** Else AWS Backup could not delete the cluster, whose turn comes once the result is known. */
export async function closeCluster(restored: RestoredCluster): Promise<void> {
  if ((await instanceStatus(restored)) === undefined) return;
  await restored.client.send(
    new DeleteDBInstanceCommand({
      DBInstanceIdentifier: instanceName(restored.clusterArn),
      SkipFinalSnapshot: true,
    }),
  );
  await until(
    restored,
    "the instance to be gone",
    async () => (await instanceStatus(restored)) === undefined,
  );
}

export function instanceName(clusterArn: string): string {
  return `${instancePrefix}${createHash("sha256").update(clusterArn).digest("hex").slice(0, 16)}`;
}

async function describe({ client, clusterArn }: RestoredCluster): Promise<DBCluster> {
  const { DBClusters = [] } = await client.send(
    new DescribeDBClustersCommand({ DBClusterIdentifier: clusterArn }),
  );
  const [cluster] = DBClusters;
  if (cluster === undefined) throw new Error(`${clusterArn}: there is no such cluster`);
  return cluster;
}

async function instanceStatus({
  client,
  clusterArn,
}: RestoredCluster): Promise<string | undefined> {
  try {
    const { DBInstances = [] } = await client.send(
      new DescribeDBInstancesCommand({ DBInstanceIdentifier: instanceName(clusterArn) }),
    );
    return DBInstances[0]?.DBInstanceStatus;
  } catch (error) {
    if (error instanceof Error && error.name.startsWith("DBInstanceNotFound")) return undefined;
    throw error;
  }
}

async function until(
  { deadline, pauseMilliseconds = 15_000 }: RestoredCluster,
  what: string,
  reached: () => Promise<boolean>,
): Promise<void> {
  while (!(await reached())) {
    if (Date.now() + pauseMilliseconds >= deadline)
      throw new NotReadyError(`waited in vain for ${what}; the next attempt goes on`);
    await sleep(pauseMilliseconds);
  }
}
