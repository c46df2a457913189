import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { parseSecretValue, type SecretValue } from "./secret-value";

export const steps = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;
export type Step = (typeof steps)[number];

/** What Secrets Manager asks for. @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html */
export interface RotationEvent {
  readonly SecretId: string;
  /** Identifies the version that is being made. */
  readonly ClientRequestToken: string;
  readonly Step: Step;
}

/** What a step did: "unchanged" if a run before it had done it already. */
export type StepOutcome = "done" | "unchanged";

/** A secret as its rotation finds it. */
export interface DescribedSecret {
  readonly name: string;
  readonly tags: readonly {
    readonly Key?: string | undefined;
    readonly Value?: string | undefined;
  }[];
}

/** What differs from one kind of credential to another; every part of it may be repeated and ends in the same state. */
export interface RotationWork {
  /** The value to come. */
  next(current: SecretValue): SecretValue;
  /** Makes it valid beside the current one. */
  set(pending: SecretValue, current: SecretValue): Promise<StepOutcome>;
  /** @throws Error, without any value, if it cannot take over. */
  test(pending: SecretValue, current: SecretValue): Promise<void>;
}

interface Rotation {
  readonly client: SecretsManagerClient;
  readonly secretId: string;
  readonly versionId: string;
  /** Version that is in use. */
  readonly currentVersionId: string;
  readonly work: RotationWork;
}

/**
 * One step of a rotation. Every step may be repeated and ends in the same state: Secrets Manager starts again from the first
 * after a failure.
 * @throws Error without any value if the version is not staged for rotation, or the secret is not what it should be.
 */
export async function rotateSecret(
  event: RotationEvent,
  client: SecretsManagerClient,
  workFor: (secret: DescribedSecret) => RotationWork,
): Promise<StepOutcome> {
  const { SecretId: secretId, ClientRequestToken: versionId, Step: step } = event;
  return explained(secretId, async () => {
    const described = await client.send(new DescribeSecretCommand({ SecretId: secretId }));
    if (described.RotationEnabled !== true) throw new Error("its rotation is not enabled");
    const stages = described.VersionIdsToStages ?? {};
    const ownStages = stages[versionId] ?? [];
    if (ownStages.includes("AWSCURRENT")) return "unchanged";
    if (!ownStages.includes("AWSPENDING"))
      throw new Error(`its version ${versionId} is not staged for rotation`);
    const [currentVersionId] =
      Object.entries(stages).find(([, names]) => names.includes("AWSCURRENT")) ?? [];
    if (currentVersionId === undefined) throw new Error("it has no current version");
    const work = workFor({ name: described.Name ?? "", tags: described.Tags ?? [] });
    return take(step, { client, secretId, versionId, currentVersionId, work });
  });
}

/** @throws Error if the event is not one of Secrets Manager's. */
export function readRotationEvent(event: unknown): RotationEvent {
  const given = typeof event === "object" && event !== null ? event : {};
  const { SecretId, ClientRequestToken, Step } = given as Record<string, unknown>;
  if (!isText(SecretId) || !isText(ClientRequestToken))
    throw new Error("the event names no secret or no version");
  if (!steps.includes(Step as Step))
    throw new Error(`the event names no step, need one of ${steps.join(", ")}`);
  return { SecretId, ClientRequestToken, Step: Step as Step };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** Logs a step without any value. */
export function logStep(
  { SecretId, ClientRequestToken, Step }: RotationEvent,
  outcome: string,
): void {
  console.info(
    JSON.stringify({
      message: "rotation step",
      secretId: SecretId,
      versionId: ClientRequestToken,
      step: Step,
      outcome,
    }),
  );
}

function take(step: Step, rotation: Rotation): Promise<StepOutcome> {
  switch (step) {
    case "createSecret":
      return createPending(rotation);
    case "setSecret":
      return setPending(rotation);
    case "testSecret":
      return testPending(rotation);
    case "finishSecret":
      return makeCurrent(rotation);
  }
}

async function createPending(rotation: Rotation): Promise<StepOutcome> {
  const { client, secretId, versionId, work } = rotation;
  if ((await findPending(rotation)) !== undefined) return "unchanged";
  const next = work.next(await readCurrent(rotation));
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
    // Another run of this step was faster: its value is as good.
    if (error instanceof ResourceExistsException) return "unchanged";
    throw error;
  }
}

async function setPending(rotation: Rotation): Promise<StepOutcome> {
  const [pending, current] = [await readPending(rotation), await readCurrent(rotation)];
  return rotation.work.set(pending, current);
}

async function testPending(rotation: Rotation): Promise<StepOutcome> {
  const [pending, current] = [await readPending(rotation), await readCurrent(rotation)];
  await rotation.work.test(pending, current);
  return "done";
}

async function makeCurrent(rotation: Rotation): Promise<StepOutcome> {
  // What a person wrote since the test must not get lost behind a value that was made before.
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
    const { SecretString } = await client.send(
      new GetSecretValueCommand({
        SecretId: secretId,
        VersionId: versionId,
        VersionStage: "AWSPENDING",
      }),
    );
    return parseSecretValue(SecretString);
  } catch (error) {
    // The version is announced before it has a value.
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function readPending(rotation: Rotation): Promise<SecretValue> {
  const pending = await findPending(rotation);
  if (pending === undefined) throw new Error(`its version ${rotation.versionId} has no value yet`);
  return pending;
}

/** By version, so that it is the one that the stages of this run name. */
async function readCurrent({ client, secretId, currentVersionId }: Rotation): Promise<SecretValue> {
  const { SecretString } = await client.send(
    new GetSecretValueCommand({ SecretId: secretId, VersionId: currentVersionId }),
  );
  return parseSecretValue(SecretString);
}

/** Errors of AWS stay what they are; ours say which secret. */
async function explained<T>(secretId: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && error.name === "Error")
      throw new Error(`secret ${secretId}: ${error.message}`, { cause: error });
    throw error;
  }
}
