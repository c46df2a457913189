import { describeAwsFailure } from "./aws-failure";
import {
  accountOf,
  byteLength,
  largestSecretBytes,
  mergeValues,
  sameValues,
  UnmergeableError,
  type SecretStore,
  type StoredSecret,
} from "./secret-store";
import type { SecretText } from "./secret-text";

/** What is to be put over a stored secret. */
export interface Change {
  readonly path: string;
  readonly stored: StoredSecret;
  readonly values: ReadonlyMap<string, SecretText>;
  readonly salt: string;
}

export type WriteOutcome =
  | { readonly kind: "written"; readonly versionId: string }
  | { readonly kind: "already there"; readonly versionId: string }
  /** The store does not hold what was written: somebody else writes at the same time. */
  | { readonly kind: "contradicted"; readonly why: string };

/** Why a secret cannot take values at all; undefined where it can. */
export function refuseChange(change: Change, accountId: string | undefined): string | undefined {
  const { path, stored, values } = change;
  const account = accountOf(stored.arn);
  if (accountId !== undefined && account !== accountId)
    return `${path}: lies in the account ${account}, need ${accountId}: the credentials are of another account`;
  const bytes = byteLength(mergeValues(stored.values, values));
  if (bytes > largestSecretBytes)
    return `${path}: would hold ${bytes} bytes, need at most ${largestSecretBytes}`;
  return undefined;
}

/** Writes a new version unless the secret holds the values, reads back and compares by hash. @throws what the SDK throws. */
export async function writeSecret(store: SecretStore, change: Change): Promise<WriteOutcome> {
  const { path, stored, values, salt } = change;
  const merged = new Map([...stored.values, ...values]);
  if (!stored.notFilled && sameValues(stored.values, merged))
    return { kind: "already there", versionId: stored.versionId };
  const text = mergeValues(stored.values, values);
  const versionId = await store.put(path, text, { versionId: stored.versionId, salt });
  const current = await store.read(path);
  const isOurs =
    mergeValues(current.values, new Map()).fingerprint(salt) === text.fingerprint(salt);
  if (!isOurs || current.versionId !== versionId)
    return { kind: "contradicted", why: "another version became current meanwhile: run again" };
  const previous = await store.read(path, "AWSPREVIOUS");
  if (previous.versionId !== stored.versionId)
    return {
      kind: "contradicted",
      why: "another version was written just before and may hold more: compare AWSPREVIOUS",
    };
  return { kind: "written", versionId };
}

/** In the user's terms; never what was sent or read. */
export function describeStoreFailure(error: unknown): string {
  if (error instanceof UnmergeableError)
    return `its value ${error.message}, need a JSON object of texts, keyed by variable`;
  return describeAwsFailure(error);
}
