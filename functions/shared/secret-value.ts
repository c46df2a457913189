/** Only key of a secret that nobody has filled. */
export const notFilledKey = "AUTERITY_NOT_FILLED";

const previousSuffix = "_PREVIOUS";
const nextSuffix = "_NEXT";

/** Variable that carries the key before the current one. */
export function previousVariable(variable: string): string {
  return `${variable}${previousSuffix}`;
}

/** Variable that carries the key after the current one. */
export function nextVariable(variable: string): string {
  return `${variable}${nextSuffix}`;
}

export function isNeighbour(variable: string): boolean {
  return variable.endsWith(previousSuffix) || variable.endsWith(nextSuffix);
}

/** What a secret holds: text by environment variable. */
export type SecretValue = Readonly<Record<string, string>>;

/**
 * Reads a secret's text.
 * @throws Error that says what is wrong and shows nothing of the text, not even a key: those too may be a value gone astray.
 */
export function parseSecretValue(text: string | undefined): SecretValue {
  if (text === undefined) throw new Error("it holds no text");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text.
    throw new Error("its text is no JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error("its text is no JSON object");
  if (Object.values(value).some((entry) => typeof entry !== "string"))
    throw new Error("some of its variables hold something other than text");
  return value as SecretValue;
}
