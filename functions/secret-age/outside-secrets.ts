import {
  ListSecretVersionIdsCommand,
  ListSecretsCommand,
  type SecretListEntry,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { notFilledKey } from "../shared/secret-value";

/** A secret whose value people get from somebody else. */
export interface OutsideSecret {
  readonly name: string;
  /** Age in days at which it should be replaced. */
  readonly rotationDays: number;
  /** When its current value was written; undefined while nobody has filled it. */
  readonly filledAt: Date | undefined;
}

/** Of what lies below the prefix, the secrets that are issued outside; sorted by name. */
export async function readOutsideSecrets(
  client: SecretsManagerClient,
  prefix: string,
): Promise<OutsideSecret[]> {
  const found: OutsideSecret[] = [];
  for (const entry of await listSecrets(client, prefix)) {
    const tag = (key: string) => entry.Tags?.find((one) => one.Key === key)?.Value;
    if (tag("rotation") !== "issued-outside") continue;
    const name = entry.Name ?? "";
    const rotationDays = Number(tag("auterity:rotation-days"));
    if (!Number.isInteger(rotationDays) || rotationDays < 1)
      throw new Error(`secret ${name}: its tag auterity:rotation-days holds no number of days`);
    found.push({ name, rotationDays, filledAt: await readFilledAt(client, name) });
  }
  return found.sort((left, right) => (left.name < right.name ? -1 : 1));
}

async function listSecrets(
  client: SecretsManagerClient,
  prefix: string,
): Promise<SecretListEntry[]> {
  const entries: SecretListEntry[] = [];
  let next: string | undefined;
  do {
    const page = await client.send(
      new ListSecretsCommand({
        Filters: [{ Key: "name", Values: [prefix] }],
        ...(next !== undefined && { NextToken: next }),
      }),
    );
    // The service's filter also takes names for a match that differ in case.
    entries.push(...(page.SecretList ?? []).filter((entry) => entry.Name?.startsWith(prefix)));
    next = page.NextToken;
  } while (next !== undefined);
  return entries;
}

async function readFilledAt(client: SecretsManagerClient, name: string): Promise<Date | undefined> {
  let next: string | undefined;
  do {
    const page = await client.send(
      new ListSecretVersionIdsCommand({
        SecretId: name,
        ...(next !== undefined && { NextToken: next }),
      }),
    );
    const current = page.Versions?.find((version) => version.VersionStages?.includes("AWSCURRENT"));
    // The first version carries the marker as a stage too, for as long as it is there.
    if (current !== undefined)
      return current.VersionStages?.includes(notFilledKey) === true
        ? undefined
        : current.CreatedDate;
    next = page.NextToken;
  } while (next !== undefined);
  throw new Error(`secret ${name}: it has no current version`);
}
