import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { logStep, readRotationEvent } from "../shared/secret-rotation";
import { rotate } from "./rotate";

/** Throttled or unanswered, a call is repeated with growing pauses; after that Secrets Manager repeats the step. */
const client = new SecretsManagerClient({ maxAttempts: 6, retryMode: "standard" });

/** Rotates the keys of a secret that this platform issues itself, a step per call, and logs each without any value. */
export async function handler(event: unknown): Promise<void> {
  const rotation = readRotationEvent(event);
  logStep(rotation, await rotate(rotation, client));
}
