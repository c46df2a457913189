import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { readOrder } from "./order";
import { makeUsers, type Outcome } from "./make-users";

const client = new SecretsManagerClient({ maxAttempts: 6, retryMode: "standard" });

/** Brings databases and users into the state that the order describes; logs what it did without any value. */
export async function handler(event: unknown): Promise<Outcome> {
  const outcome = await makeUsers(readOrder(event), client);
  console.info(JSON.stringify({ message: "database users", ...outcome }));
  return outcome;
}
