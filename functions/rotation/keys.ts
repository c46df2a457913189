import { randomBytes } from "node:crypto";
import {
  isPreviousVariable,
  notFilledKey,
  previousVariable,
  type SecretValue,
} from "../shared/secret-value";

/** Tag of a secret with the variables that rotation generates, parted by spaces. */
const variablesTag = "auterity:variables";

/** 384 bits: as many as the strongest of the usual signatures, HMAC-SHA-512 included, can make something of. */
const keyBytes = 48;
const keyShape = /^[A-Za-z0-9_-]{64}$/;

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** The variables to generate; those that keep the key before are not generated, so the tag may name them too. */
export function variablesOf(tags: readonly Tag[] | undefined): string[] {
  const text = tags?.find((tag) => tag.Key === variablesTag)?.Value ?? "";
  const named = [...new Set(text.split(" ").filter((variable) => variable !== ""))];
  const wrong = named.filter((variable) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable));
  if (wrong.length > 0)
    throw new Error(`its tag ${variablesTag} names what is no variable: ${wrong.join(", ")}`);
  const generated = named.filter((variable) => !isPreviousVariable(variable));
  if (generated.length === 0)
    throw new Error(`its tag ${variablesTag} names no variable to generate`);
  return generated;
}

/**
 * A new key for each variable, while the one that it takes over from stays beside it as `V_PREVIOUS`: what was signed with
 * either is accepted until the next rotation. Where there was none, both are the new one. All else stays as it is.
 */
export function rotatedValue(current: SecretValue, variables: readonly string[]): SecretValue {
  const kept = Object.entries(current).filter(([variable]) => variable !== notFilledKey);
  const generated = variables.flatMap((variable): [string, string][] => {
    const key = randomBytes(keyBytes).toString("base64url");
    return [
      [variable, key],
      [previousVariable(variable), keyOf(current, variable) ?? key],
    ];
  });
  return Object.fromEntries([...kept, ...generated]);
}

function keyOf(value: SecretValue, variable: string): string | undefined {
  return value[variable] === "" ? undefined : value[variable];
}

/** What keeps `pending` from taking over from `current`; shows names of declared variables and no value. */
export function pendingProblems(
  pending: SecretValue,
  current: SecretValue,
  variables: readonly string[],
): string[] {
  const problems = variables.flatMap((variable) => {
    const key = pending[variable];
    if (key === undefined || !keyShape.test(key)) return [`${variable} holds no generated key`];
    if (key === current[variable]) return [`${variable} did not change`];
    const previous = previousVariable(variable);
    return pending[previous] === (keyOf(current, variable) ?? key)
      ? []
      : [`${previous} does not hold the current key`];
  });
  if (notFilledKey in pending) problems.push(`${notFilledKey} is still there`);
  const generated = new Set(
    variables.flatMap((variable) => [variable, previousVariable(variable)]),
  );
  const others = (value: SecretValue): string =>
    JSON.stringify(
      Object.entries(value)
        .filter(([variable]) => variable !== notFilledKey && !generated.has(variable))
        .sort(([left], [right]) => (left < right ? -1 : 1)),
    );
  if (others(pending) !== others(current)) problems.push("variables beside the generated changed");
  return problems;
}
