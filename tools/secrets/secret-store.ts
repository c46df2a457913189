import type * as SecretsManager from "@aws-sdk/client-secrets-manager";
import { createRequire } from "node:module";
import { notFilledKey } from "../../components/shared/secret-names";
import { SecretText } from "./secret-text";

/** A secret as it is read: its keys by variable, without the marker of an empty one. */
export interface StoredSecret {
  readonly arn: string;
  readonly versionId: string;
  readonly createdAt: Date | undefined;
  readonly values: ReadonlyMap<string, SecretText>;
  readonly notFilled: boolean;
}

/** The value of a secret is no JSON object of texts, so nothing can be merged into it. */
export class UnmergeableError extends Error {
  override readonly name = "UnmergeableError";
}

/** What a new version is built on. */
interface Base {
  readonly versionId: string;
  /** Keys the request's token: version ids are for many to see, and must tell nothing of the value. */
  readonly salt: string;
}

export interface SecretStore {
  /** @throws what the SDK throws; UnmergeableError for a value that is no JSON object of texts. */
  readonly read: (path: string, stage?: "AWSCURRENT" | "AWSPREVIOUS") => Promise<StoredSecret>;
  /** Makes a new version the current one; the one before stays as AWSPREVIOUS. Gives its id. */
  readonly put: (path: string, text: SecretText, over: Base) => Promise<string>;
  readonly describe: (path: string) => Promise<SecretsManager.DescribeSecretCommandOutput>;
  readonly close: () => void;
}

export interface StoreAddress {
  readonly region: string;
  /** Default: the one of the region, or AWS_ENDPOINT_URL. */
  readonly endpointUrl?: string;
  /** Calls of one request at most. Default: 6. */
  readonly attempts?: number;
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
export const largestSecretBytes = 65_536;

const load = createRequire(__filename);

/** Secrets Manager, with throttled and failing requests tried again at a rate that the service bears. */
export function openSecretStore(address: StoreAddress): SecretStore {
  // The SDK's notice on Node's version is for those who choose it, not for those who read a migration.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  // Loads in a third of a second: only for commands that call AWS.
  const sdk = load("@aws-sdk/client-secrets-manager") as typeof SecretsManager;
  const client = new sdk.SecretsManagerClient({
    region: address.region,
    retryMode: "adaptive",
    maxAttempts: address.attempts ?? 6,
    ...(address.endpointUrl !== undefined && { endpoint: address.endpointUrl }),
    requestHandler: {
      connectionTimeout: 5000,
      requestTimeout: 20_000,
      throwOnRequestTimeout: true,
    },
  });
  return {
    read: async (path, stage = "AWSCURRENT") =>
      asStored(
        await client.send(new sdk.GetSecretValueCommand({ SecretId: path, VersionStage: stage })),
      ),
    put: async (path, text, over) => {
      const answer = await client.send(
        new sdk.PutSecretValueCommand({
          SecretId: path,
          SecretString: text.reveal(),
          ClientRequestToken: requestToken(path, text, over),
        }),
      );
      return answer.VersionId ?? "";
    },
    describe: (path) => client.send(new sdk.DescribeSecretCommand({ SecretId: path })),
    close: () => {
      client.destroy();
    },
  };
}

/**
 * The same for the same content over the same version, so that a request that arrives twice makes one version; another
 * over another version, so that a value which was current before can become it again.
 */
function requestToken(path: string, text: SecretText, { versionId, salt }: Base): string {
  const digest = new SecretText(JSON.stringify([path, versionId, text.reveal()])).fingerprint(salt);
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-${digest.slice(12, 16)}-${digest.slice(16, 20)}-${digest.slice(20, 32)}`;
}

function asStored(answer: SecretsManager.GetSecretValueCommandOutput): StoredSecret {
  const values = parseValues(answer.SecretString);
  return {
    arn: answer.ARN ?? "",
    versionId: answer.VersionId ?? "",
    createdAt: answer.CreatedDate,
    notFilled: values.has(notFilledKey),
    values: new Map([...values].filter(([key]) => key !== notFilledKey)),
  };
}

function parseValues(text: string | undefined): Map<string, SecretText> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text ?? "");
  } catch {
    throw new UnmergeableError("is no JSON");
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw new UnmergeableError("is no JSON object");
  return new Map(
    Object.entries(parsed).map(([key, value]) => {
      if (typeof value !== "string") throw new UnmergeableError(`the key ${key} is no text`);
      return [key, new SecretText(value)];
    }),
  );
}

/** The text of a secret with values put over those that are there; no key is ever dropped. */
export function mergeValues(
  stored: ReadonlyMap<string, SecretText>,
  changes: ReadonlyMap<string, SecretText>,
): SecretText {
  const merged = new Map([...stored, ...changes]);
  const keys = [...merged.keys()].sort();
  return new SecretText(
    JSON.stringify(Object.fromEntries(keys.map((key) => [key, merged.get(key)?.reveal() ?? ""]))),
  );
}

export function sameValues(
  one: ReadonlyMap<string, SecretText>,
  other: ReadonlyMap<string, SecretText>,
): boolean {
  return mergeValues(one, new Map()).equals(mergeValues(other, new Map()));
}

export function byteLength(text: SecretText): number {
  return Buffer.byteLength(text.reveal());
}

/** Account of an ARN. */
export function accountOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}
