import {
  DescribeSecretCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { isFilled, loginOf, otherUser, readSecret } from "../shared/database-secret";
import {
  accepts,
  changeOwnPassword,
  ensureUser,
  newPassword,
  withConnection,
} from "../shared/postgres";
import type { SecretValue } from "../shared/secret-value";

export const steps = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;

/** What Secrets Manager asks for. @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html */
export interface RotationEvent {
  readonly SecretId: string;
  readonly ClientRequestToken: string;
  readonly Step: (typeof steps)[number];
}

/** "unchanged" if a run before had done it already. */
type StepOutcome = "done" | "unchanged";

interface Rotation {
  readonly client: SecretsManagerClient;
  readonly secretId: string;
  readonly versionId: string;
  readonly currentVersionId: string;
  readonly current: SecretValue;
}

/**
 * Two users take turns, so that the password which pods still have stays good until the next rotation: the one who is not in
 * use gets a new password and becomes the one in use. The administrator, whose secret names no other, changes its own.
 * Every step may be repeated. @throws Error without any value.
 */
export async function rotateUser(
  event: RotationEvent,
  client: SecretsManagerClient,
): Promise<StepOutcome> {
  const { SecretId: secretId, ClientRequestToken: versionId, Step: step } = event;
  try {
    const described = await client.send(new DescribeSecretCommand({ SecretId: secretId }));
    const stages = described.VersionIdsToStages ?? {};
    if (stages[versionId]?.includes("AWSCURRENT") === true) return "unchanged";
    if (stages[versionId]?.includes("AWSPENDING") !== true)
      throw new Error(`its version ${versionId} is not staged for rotation`);
    const [currentVersionId = ""] =
      Object.entries(stages).find(([, names]) => names.includes("AWSCURRENT")) ?? [];
    const current = await readSecret(client, secretId, { VersionId: currentVersionId });
    if (!isFilled(current)) throw new Error("nobody has made its user yet");
    return await take(step, { client, secretId, versionId, currentVersionId, current });
  } catch (error) {
    // Errors of AWS and of the database stay what they are.
    if (error instanceof Error && error.name === "Error")
      throw new Error(`secret ${secretId}: ${error.message}`, { cause: error });
    throw error;
  }
}

function take(step: RotationEvent["Step"], rotation: Rotation): Promise<StepOutcome> {
  switch (step) {
    case "createSecret":
      return createPending(rotation);
    case "setSecret":
      return setPassword(rotation);
    case "testSecret":
      return testPending(rotation);
    case "finishSecret":
      return makeCurrent(rotation);
  }
}

function takesTurns({ current }: Rotation): boolean {
  return current["masterarn"] !== undefined;
}

async function createPending(rotation: Rotation): Promise<StepOutcome> {
  const { client, secretId, versionId, current } = rotation;
  if ((await findPending(rotation)) !== undefined) return "unchanged";
  const { username = "" } = current;
  const next = {
    ...current,
    username: takesTurns(rotation) ? otherUser(username) : username,
    password: newPassword(),
  };
  try {
    await client.send(
      new PutSecretValueCommand({
        SecretId: secretId,
        ClientRequestToken: versionId,
        SecretString: JSON.stringify(next),
        VersionStages: ["AWSPENDING"],
      }),
    );
    return "done";
  } catch (error) {
    if (error instanceof ResourceExistsException) return "unchanged";
    throw error;
  }
}

async function setPassword(rotation: Rotation): Promise<StepOutcome> {
  const pending = await readPending(rotation);
  const login = loginOf(pending);
  if (await accepts(login)) return "unchanged";
  if (!takesTurns(rotation)) {
    await withConnection(loginOf(rotation.current), (client) =>
      changeOwnPassword(client, login.password),
    );
    return "done";
  }
  const master = await readSecret(rotation.client, pending["masterarn"] ?? "");
  const { username = "", password = "" } = master;
  const { host, port, dbname } = login;
  const user = { name: login.username, database: dbname, password: login.password };
  await withConnection({ host, port, username, password, dbname: "postgres" }, (client) =>
    ensureUser(client, user),
  );
  return "done";
}

async function testPending(rotation: Rotation): Promise<StepOutcome> {
  if (!(await accepts(loginOf(await readPending(rotation)))))
    throw new Error("its pending user is refused (cancel the rotation and start it again)");
  return "done";
}

async function makeCurrent(rotation: Rotation): Promise<StepOutcome> {
  await testPending(rotation);
  const { client, secretId, versionId, currentVersionId } = rotation;
  await client.send(
    new UpdateSecretVersionStageCommand({
      SecretId: secretId,
      VersionStage: "AWSCURRENT",
      MoveToVersionId: versionId,
      RemoveFromVersionId: currentVersionId,
    }),
  );
  return "done";
}

async function findPending({
  client,
  secretId,
  versionId,
}: Rotation): Promise<SecretValue | undefined> {
  try {
    const version = { VersionId: versionId, VersionStage: "AWSPENDING" };
    return await readSecret(client, secretId, version);
  } catch (error) {
    // The version is announced before it has a value.
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** @throws Error where it leads elsewhere than the current one: the administrator would be sent to another server. */
async function readPending(rotation: Rotation): Promise<SecretValue> {
  const pending = await findPending(rotation);
  if (pending === undefined) throw new Error(`its version ${rotation.versionId} has no value yet`);
  const moved = ["host", "port", "dbname", "masterarn"].filter(
    (key) => pending[key] !== rotation.current[key],
  );
  if (moved.length > 0) throw new Error(`its pending version changes ${moved.join(", ")}`);
  return pending;
}
