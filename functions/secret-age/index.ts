import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ageLines } from "./ages";
import { readOutsideSecrets } from "./outside-secrets";

const client = new SecretsManagerClient({ maxAttempts: 6, retryMode: "standard" });

/**
 * Writes, as metrics, how old keys are that are issued outside, and how many of them people should have replaced. A run that
 * cannot see them all fails without any metric: the alarm takes silence for a problem.
 */
export async function handler(): Promise<void> {
  const environment = variable("ENVIRONMENT");
  const secrets = await readOutsideSecrets(client, variable("SECRET_PREFIX"));
  for (const line of ageLines({ environment, secrets }, new Date()))
    // As it is: a line that the runtime wraps would carry no metrics.
    process.stdout.write(`${line}\n`);
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set`);
  return value;
}
