import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { rotate, type RotationEvent, type Step, steps } from "./rotate";

/** Throttled or unanswered, a call is repeated with growing pauses; after that Secrets Manager repeats the step. */
const client = new SecretsManagerClient({ maxAttempts: 6, retryMode: "standard" });

/** Rotates the keys of a secret that this platform issues itself, a step per call, and logs each without any value. */
export async function handler(event: unknown): Promise<void> {
  const rotation = readEvent(event);
  const { SecretId: secretId, ClientRequestToken: versionId, Step: step } = rotation;
  const outcome = await rotate(rotation, client);
  console.info(JSON.stringify({ message: "rotation step", secretId, versionId, step, outcome }));
}

function readEvent(event: unknown): RotationEvent {
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
