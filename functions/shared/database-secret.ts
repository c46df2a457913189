import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Login } from "./postgres";
import { parseSecretValue, type SecretValue } from "./secret-value";

/** The second of the two users who take turns. */
const suffix = "_clone";

/** The user who has the next turn. */
export function otherUser(name: string): string {
  return name.endsWith(suffix) ? name.slice(0, -suffix.length) : `${name}${suffix}`;
}

export async function readSecret(
  client: SecretsManagerClient,
  secretId: string,
  version: { readonly VersionId?: string; readonly VersionStage?: string } = {},
): Promise<SecretValue> {
  const { SecretString } = await client.send(
    new GetSecretValueCommand({ SecretId: secretId, ...version }),
  );
  return parseSecretValue(SecretString);
}

/** Whether somebody has made the user that the secret is for. */
export function isFilled({ username, password }: SecretValue): boolean {
  return isText(username) && isText(password);
}

/** @throws Error that names what is missing and shows nothing. */
export function loginOf(value: SecretValue): Login {
  const { host, username, password, dbname } = value;
  const port = Number(value["port"]);
  if (isText(host) && isText(username) && isText(password) && isText(dbname) && port > 0)
    return { host, port, username, password, dbname };
  const lacks = ["host", "port", "username", "password", "dbname"].filter(
    (name) => !isText(value[name]),
  );
  throw new Error(`its value lacks ${lacks.join(", ")}`);
}

function isText(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}
