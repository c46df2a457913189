import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { rotateUser, type RotationEvent, steps } from "./rotate-user";

const client = new SecretsManagerClient({ maxAttempts: 6, retryMode: "standard" });

/** Rotates the user of a database, a step per call, and logs each without any value. */
export async function handler(event: unknown): Promise<void> {
  const rotation = readEvent(event);
  const outcome = await rotateUser(rotation, client);
  const { SecretId: secretId, ClientRequestToken: versionId, Step: step } = rotation;
  console.info(JSON.stringify({ message: "rotation step", secretId, versionId, step, outcome }));
}

function readEvent(event: unknown): RotationEvent {
  const given = typeof event === "object" && event !== null ? event : {};
  const { SecretId, ClientRequestToken, Step } = given as Record<string, unknown>;
  if (typeof SecretId !== "string" || typeof ClientRequestToken !== "string")
    throw new Error("the event names no secret or no version");
  const step = steps.find((one) => one === Step);
  if (step === undefined)
    throw new Error(`the event names no step, need one of ${steps.join(", ")}`);
  return { SecretId, ClientRequestToken, Step: step };
}
