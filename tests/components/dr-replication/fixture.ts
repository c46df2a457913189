import {
  DrReplication,
  type DrReplicationArgs,
  type KeptStore,
} from "../../../components/dr-replication";
import { type Registration, startOfflineEngine } from "../../support/engine";

const accountId = "123456789012";

export const database: KeptStore = {
  kind: "database",
  dataClass: "vital",
  arn: `arn:aws:rds:us-west-2:${accountId}:cluster:data`,
  keyArn: `arn:aws:kms:us-west-2:${accountId}:key/data`,
  endpoint: "data.cluster-example.us-west-2.rds.amazonaws.com",
  port: 5432,
  masterSecretArn: `arn:aws:secretsmanager:us-west-2:${accountId}:secret:master`,
  instanceClass: "db.r6g.large",
  subnetGroupName: "data",
  securityGroupId: "sg-data",
  checks: [{ kind: "row-counts", database: "auterity", tolerancePercent: 25 }],
};
export const bucket: KeptStore = {
  kind: "bucket",
  dataClass: "vital",
  bucketName: "models",
  arn: "arn:aws:s3:::models",
  keyArn: `arn:aws:kms:us-west-2:${accountId}:key/models`,
  checks: [{ kind: "object-checksums", prefix: "", sample: 50 }],
};

export const args: DrReplicationArgs = {
  region: "us-west-2",
  accountId,
  environment: "prod",
  stores: {
    database,
    models: bucket,
    cache: { kind: "elsewhere", dataClass: "reproducible", broughtBackBy: "its own snapshots" },
  },
  copyRegion: "us-east-2",
  lock: { mode: "governance", minRetentionDays: 7 },
  restoreTest: {
    schedule: "cron(0 9 ? * SUN *)",
    rpoHours: 26,
    rtoMinutes: 120,
    network: { vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] },
  },
  alarmTopicArn: `arn:aws:sns:us-west-2:${accountId}:alarms`,
  permissionsBoundaryArn: `arn:aws:iam::${accountId}:policy/boundary`,
};

export async function register(
  given: DrReplicationArgs = args,
  mode: "known" | "unknown" = "known",
): Promise<Registration[]> {
  const engine = await startOfflineEngine({ mode });
  new DrReplication("data", given);
  await engine.settle();
  return engine.registrations;
}

/** Inputs of one child, by its type without the package and by its name. */
export function inputsOf(
  registrations: readonly Registration[],
  type: string,
  name: string,
): Readonly<Record<string, unknown>> {
  const found = registrations.find(
    (registration) => registration.type.endsWith(`:${type}`) && registration.name === name,
  );
  if (found === undefined) throw new Error(`there is no ${type} ${name}`);
  return found.inputs;
}
