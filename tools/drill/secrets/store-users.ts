import { PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { randomBytes } from "node:crypto";
import { isStoreUserOrigin } from "../../../components/shared/store-user-values";
import type { SecretOrigin } from "../../../components/shared/service-record";
import type { Emulator } from "./emulator";
import type { ExternalSecret, PlannedSecrets } from "./planned";

/** Characters that mean something in a URL, so that one that is not escaped is noticed. */
const awkward = "/@:?#+%&=";

/** Writes the secret of a store's user, as the function of the store does; nothing for other secrets. */
export async function makeStoreUser(
  { client }: Emulator,
  planned: PlannedSecrets,
  { data }: ExternalSecret["spec"],
): Promise<void> {
  const path = data[0]?.remoteRef.key ?? "";
  const origin = planned.secrets.find(({ name }) => name === path)?.tags["rotation"];
  if (!isStoreUserOrigin(origin as SecretOrigin)) return;
  const value = Object.fromEntries(
    data.map(({ remoteRef: { property } }) => [
      property,
      `${randomBytes(9).toString("base64url")}${property === "password" ? awkward : ""}`,
    ]),
  );
  await client.send(
    // What the function needs, and no service.
    new PutSecretValueCommand({
      SecretId: path,
      SecretString: JSON.stringify({ ...value, host: "store.invalid", port: "1" }),
    }),
  );
}

/** What External Secrets makes of the templates, as far as we write any. */
export function renderTemplates(
  templates: Readonly<Record<string, string>>,
  value: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(templates).map(([variable, template]) => [
      variable,
      template.replace(
        /\{\{ \.(\w+)( \| urlquery)? \}\}/g,
        (_, property: string, escaped?: string) => {
          const text = value[property] ?? "";
          return escaped === undefined ? text : encodeURIComponent(text);
        },
      ),
    ]),
  );
}
