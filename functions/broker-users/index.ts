import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { logStep, readRotationEvent } from "../shared/secret-rotation";
import { variable } from "../shared/store-user";
import { proveConnection } from "./connection";
import { type BrokerUser, rotate } from "./rotate";

const secrets = new SecretsManagerClient({ maxAttempts: 6, retryMode: "standard" });

/** Makes and rotates the users of a broker, a step per call, and logs each without any value. */
export async function handler(event: unknown): Promise<void> {
  const rotation = readRotationEvent(event);
  const outcome = await rotate(rotation, {
    secrets,
    users: JSON.parse(variable("BROKER_USERS")) as Readonly<Record<string, BrokerUser>>,
    administratorSecret: variable("BROKER_ADMINISTRATOR"),
    managementUrl: encrypted("MANAGEMENT_URL", "https:"),
    connectionUrl: encrypted("CONNECTION_URL", "amqps:"),
    vhost: variable("VHOST"),
    proveConnection,
  });
  logStep(rotation, outcome);
}

/** Passwords go nowhere in the clear. */
function encrypted(name: string, protocol: string): string {
  const url = variable(name);
  if (new URL(url).protocol !== protocol) throw new Error(`${name} needs ${protocol}//`);
  return url;
}
