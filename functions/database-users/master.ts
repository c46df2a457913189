import {
  DescribeSecretCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { randomUUID } from "node:crypto";
import { isFilled, readSecret } from "../shared/database-secret";
import {
  accepts,
  changeOwnPassword,
  type Login,
  newPassword,
  withConnection,
} from "../shared/postgres";
import type { SecretValue } from "../shared/secret-value";
import type { Order } from "./order";

const maintenanceDatabase = "postgres";

/** The administrator's login. Its first password, which the program knew, is replaced before anything else is done. */
export async function enterAsMaster(order: Order, secrets: SecretsManagerClient): Promise<Login> {
  const current = await readSecret(secrets, order.masterSecretId);
  if (!isFilled(current)) throw new Error(`secret ${order.masterSecretId}: is not filled`);
  if (current["first"] !== "true" || !order.writes) return loginAt(order, current);
  return replaceFirst(order, secrets, current);
}

/** Staged before it is set, so that a run that is cut off locks nobody out. */
async function replaceFirst(
  order: Order,
  secrets: SecretsManagerClient,
  current: SecretValue,
): Promise<Login> {
  const staged = await findPending(order, secrets);
  const pending = staged ?? (await stage(order, secrets, current));
  const login = loginAt(order, pending);
  if (!(await accepts(login)))
    await withConnection(loginAt(order, current), (client) =>
      changeOwnPassword(client, login.password),
    );
  await makeCurrent(order, secrets);
  return login;
}

async function stage(
  { masterSecretId }: Order,
  secrets: SecretsManagerClient,
  current: SecretValue,
): Promise<SecretValue> {
  const kept = Object.entries(current).filter(([key]) => key !== "first");
  const value = { ...Object.fromEntries(kept), password: newPassword() };
  await secrets.send(
    new PutSecretValueCommand({
      SecretId: masterSecretId,
      ClientRequestToken: randomUUID(),
      SecretString: JSON.stringify(value),
      VersionStages: ["AWSPENDING"],
    }),
  );
  return value;
}

async function findPending(
  { masterSecretId }: Order,
  secrets: SecretsManagerClient,
): Promise<SecretValue | undefined> {
  try {
    return await readSecret(secrets, masterSecretId, { VersionStage: "AWSPENDING" });
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function makeCurrent(
  { masterSecretId }: Order,
  secrets: SecretsManagerClient,
): Promise<void> {
  const { VersionIdsToStages = {} } = await secrets.send(
    new DescribeSecretCommand({ SecretId: masterSecretId }),
  );
  const versionOf = (stageName: string): string | undefined =>
    Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes(stageName))?.[0];
  await secrets.send(
    new UpdateSecretVersionStageCommand({
      SecretId: masterSecretId,
      VersionStage: "AWSCURRENT",
      MoveToVersionId: versionOf("AWSPENDING"),
      RemoveFromVersionId: versionOf("AWSCURRENT"),
    }),
  );
}

function loginAt({ host, port }: Order, { username = "", password = "" }: SecretValue): Login {
  return { host, port, username, password, dbname: maintenanceDatabase };
}
