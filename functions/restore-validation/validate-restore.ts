import {
  type BackupClient,
  DescribeRestoreJobCommand,
  type DescribeRestoreJobCommandOutput,
  PutRestoreValidationResultCommand,
} from "@aws-sdk/client-backup";
import type { RDSClient } from "@aws-sdk/client-rds";
import type { S3Client } from "@aws-sdk/client-s3";
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { readSecret } from "../shared/database-secret";
import { type Login, withConnection } from "../shared/postgres";
import { allHold, type Finding } from "./checks";
import { liveSource } from "./database-source";
import type { Order } from "./order";
import { metricLine, type Report, validationMessage } from "./report";
import { closeCluster, openCluster } from "./restored-cluster";
import { validateBucket } from "./validate-bucket";
import { validateDatabase } from "./validate-database";

export interface Surroundings {
  readonly backup: BackupClient;
  readonly rds: RDSClient;
  readonly s3: S3Client;
  readonly secrets: SecretsManagerClient;
  readonly write: (line: string) => void;
  /** Of the clock, in milliseconds: the run ends then. */
  readonly deadline: number;
  readonly pauseMilliseconds?: number;
}

/** May be repeated: a run that was cut off, or that waited in vain, is made good by the next one. */
export async function validateRestore(
  order: Order,
  restoreJobId: string,
  surroundings: Surroundings,
): Promise<void> {
  const { backup, write } = surroundings;
  const job = await backup.send(new DescribeRestoreJobCommand({ RestoreJobId: restoreJobId }));
  // What people restore is theirs to look into. The job says whose it is; the event need not.
  if (job.CreatedBy?.RestoreTestingPlanArn !== order.planArn) return;
  if (job.ValidationStatus === "SUCCESSFUL" || job.ValidationStatus === "FAILED") return;
  const startedAt = job.CreationDate ?? new Date();
  const { findings, validatedAt } = await look(order, { job, startedAt }, surroundings);
  const report: Report = {
    environment: order.environment,
    resourceType: job.ResourceType ?? "unknown",
    ...{ findings, startedAt, validatedAt },
  };
  // A restore that failed has nothing to validate, and AWS Backup takes no result of it.
  if (job.Status === "COMPLETED")
    await backup.send(
      new PutRestoreValidationResultCommand({
        RestoreJobId: restoreJobId,
        ValidationStatus: allHold(findings) ? "SUCCESSFUL" : "FAILED",
        ValidationStatusMessage: validationMessage(report),
      }),
    );
  write(metricLine(report));
}

interface Restore {
  readonly job: DescribeRestoreJobCommandOutput;
  readonly startedAt: Date;
}
interface Seen {
  readonly findings: readonly Finding[];
  /** Before anything is cleared away, which no real restore waits for. */
  readonly validatedAt: Date;
}

function failed(seen: string): Seen {
  return { findings: [{ check: "restore", holds: false, seen }], validatedAt: new Date() };
}

async function look(order: Order, restore: Restore, surroundings: Surroundings): Promise<Seen> {
  const { job } = restore;
  const { CreatedResourceArn: arn, ResourceType, Status } = job;
  if (Status !== "COMPLETED" || arn === undefined)
    return failed(`ended as ${Status ?? "unknown"}: ${job.StatusMessage ?? "no reason is given"}`);
  if (ResourceType === "Aurora" && order.database !== undefined)
    return lookIntoDatabase(order.database, { ...restore, arn }, surroundings);
  if (ResourceType === "S3") return lookIntoBucket(order, { ...restore, arn }, surroundings);
  return failed(`nobody declared checks for ${ResourceType ?? "this"}`);
}

type Found = Restore & { readonly arn: string };

async function lookIntoDatabase(
  database: NonNullable<Order["database"]>,
  { arn, startedAt }: Found,
  { rds, secrets, deadline, pauseMilliseconds }: Surroundings,
): Promise<Seen> {
  const cluster = {
    client: rds,
    clusterArn: arn,
    instanceClass: database.instanceClass,
    deadline,
    ...(pauseMilliseconds !== undefined && { pauseMilliseconds }),
  };
  const login = await openCluster(cluster);
  const source = await sourceLogin(database, secrets);
  const findings = await validateDatabase(
    {
      connect: (dbname, work) => withConnection({ ...login, dbname }, work),
      source: liveSource((dbname, work) => withConnection({ ...source, dbname }, work)),
      lostAt: startedAt,
    },
    database.checks,
  );
  const validatedAt = new Date();
  await closeCluster(cluster);
  return { findings, validatedAt };
}

async function lookIntoBucket(
  { buckets }: Order,
  { arn, job, startedAt }: Found,
  { s3 }: Surroundings,
): Promise<Seen> {
  const sourceArn = job.SourceResourceArn ?? "";
  const checks = buckets[sourceArn];
  if (checks === undefined) return failed(`nobody declared checks for ${sourceArn}`);
  const findings = await validateBucket(
    {
      client: s3,
      bucket: nameOf(arn),
      sourceBucket: nameOf(sourceArn),
      lostAt: startedAt,
    },
    checks,
  );
  return { findings, validatedAt: new Date() };
}

function nameOf(bucketArn: string): string {
  return bucketArn.slice(bucketArn.lastIndexOf(":") + 1);
}

/** Of the administrator, who alone sees every database. */
export async function sourceLogin(
  { host, port, secretId }: NonNullable<Order["database"]>,
  secrets: SecretsManagerClient,
): Promise<Login> {
  const { username = "", password = "" } = await readSecret(secrets, secretId);
  return { host, port, username, password, dbname: "postgres" };
}
