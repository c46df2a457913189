import {
  specialOutputValueSig,
  specialResourceSig,
  specialSecretSig,
  specialSigKey,
  unknownValue,
} from "@pulumi/pulumi/runtime/rpc";

/** How a value that must not be shown, or that only a deployment knows, is written in everything a plan prints. */
const secretMark = "[secret]";
export const unknownMark = "[unknown]";

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isUnknown(value: unknown): boolean {
  return (
    value === unknownValue ||
    (isRecord(value) && value[specialSigKey] === specialOutputValueSig && !("value" in value))
  );
}

export function holdsUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown);
}

/** Takes the envelopes off a value: of secrets, and of outputs as packaged components get them. */
export function unwrap(value: unknown): unknown {
  if (!isRecord(value) || !("value" in value)) return value;
  const kind = value[specialSigKey];
  return kind === specialSecretSig || kind === specialOutputValueSig
    ? unwrap(value["value"])
    : value;
}

export function isSecret(value: unknown): boolean {
  if (!isRecord(value)) return false;
  if (value[specialSigKey] === specialSecretSig) return true;
  return value[specialSigKey] === specialOutputValueSig && value["secret"] === true;
}

/**
 * The value as the engine passes it to an analyzer, which knows secrets but neither references to resources nor the
 * envelopes of outputs: a resource becomes its id, a component its URN.
 */
export function asAnalyzerSees(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asAnalyzerSees);
  if (!isRecord(value)) return value;
  switch (value[specialSigKey]) {
    case specialResourceSig:
      return referenced(value);
    case specialOutputValueSig: {
      const inner = "value" in value ? asAnalyzerSees(value["value"]) : unknownValue;
      return value["secret"] === true ? { [specialSigKey]: specialSecretSig, value: inner } : inner;
    }
    default:
      return Object.fromEntries(
        Object.entries(value).map(([key, entry]) => [key, asAnalyzerSees(entry)]),
      );
  }
}

/** Whether `asAnalyzerSees` would change anything. */
export function needsConversion(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (isRecord(value)) {
    const kind = value[specialSigKey];
    if (kind === specialResourceSig || kind === specialOutputValueSig) return true;
  }
  return Object.values(value).some(needsConversion);
}

function referenced({ id, urn }: Record<string, unknown>): unknown {
  if (id === undefined) return urn;
  return id === "" ? unknownValue : id;
}

/** The value as people may see it: secrets and unknowns marked, envelopes off, keys in their order. */
export function presentable(value: unknown): unknown {
  if (isSecret(value)) return secretMark;
  if (isUnknown(value)) return unknownMark;
  const inner = unwrap(value);
  if (inner !== value) return presentable(inner);
  if (Array.isArray(value)) return value.map(presentable);
  if (!isRecord(value)) return value;
  if (value[specialSigKey] === specialResourceSig) return value["urn"];
  const shown: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) {
    // "__…" carries what the SDK tells its own provider.
    if (!key.startsWith("__")) shown[key] = presentable(entry);
  }
  return shown;
}

/** Every text that a program marked as secret, to keep it out of messages that others wrote. */
export function collectSecrets(value: unknown, found: Set<string>, inSecret = false): void {
  if (isSecret(value)) {
    collectSecrets(unwrap(value), found, true);
  } else if (typeof value === "string") {
    if (inSecret && !isUnknown(value) && value.length >= shortestSecret) found.add(value);
  } else if (typeof value === "object" && value !== null) {
    for (const entry of Object.values(value)) collectSecrets(entry, found, inSecret);
  }
}

/** Shorter texts would blot out parts of ordinary words. */
const shortestSecret = 4;

export function redactor(secrets: ReadonlySet<string>): (text: string) => string {
  const longestFirst = [...secrets].sort((a, b) => b.length - a.length);
  return (text) =>
    longestFirst.reduce((redacted, secret) => redacted.replaceAll(secret, secretMark), text);
}
