import { ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { logStep, readRotationEvent } from "../shared/secret-rotation";
import { variable } from "../shared/store-user";
import { rotate } from "./rotate";

const repeated = { maxAttempts: 6, retryMode: "standard" } as const;
const secrets = new SecretsManagerClient(repeated);
const cache = new ElastiCacheClient(repeated);

/** Below the function's own time, so that a step that fails says why. */
const wait = { timeoutMilliseconds: 600_000, pauseMilliseconds: 5_000 } as const;

/** Rotates the passwords of cache users, a step per call, and logs each without any value. */
export async function handler(event: unknown): Promise<void> {
  const rotation = readRotationEvent(event);
  const users = JSON.parse(variable("CACHE_USERS")) as Readonly<Record<string, string>>;
  logStep(rotation, await rotate(rotation, { secrets, cache, users, wait }));
}
