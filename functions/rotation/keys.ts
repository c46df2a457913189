import { randomBytes } from "node:crypto";
import {
  isNeighbour,
  nextVariable,
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

/** The variables to generate; those of the keys before and after come with them, so the tag may name them too. */
export function variablesOf(tags: readonly Tag[] | undefined): string[] {
  const text = tags?.find((tag) => tag.Key === variablesTag)?.Value ?? "";
  const named = [...new Set(text.split(" ").filter((variable) => variable !== ""))];
  const wrong = named.filter((variable) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable));
  if (wrong.length > 0)
    throw new Error(`its tag ${variablesTag} names what is no variable: ${wrong.join(", ")}`);
  const generated = named.filter((variable) => !isNeighbour(variable));
  if (generated.length === 0)
    throw new Error(`its tag ${variablesTag} names no variable to generate`);
  return generated;
}

/** The keys of one variable, as a secret holds them. */
interface Keys {
  readonly current: string | undefined;
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

function keysOf(value: SecretValue, variable: string): Keys {
  const read = (name: string): string | undefined => (value[name] === "" ? undefined : value[name]);
  return {
    current: read(variable),
    previous: read(previousVariable(variable)),
    next: read(nextVariable(variable)),
  };
}

/**
 * What comes of the keys of a variable. The key that takes over has been there as `V_NEXT` since the rotation before, so that
 * pods which do not know this one yet accept what others sign already; the one that it takes over from stays as `V_PREVIOUS`.
 * Where nobody was told of a next key, one is announced and the current one stays. Without any key the first is made.
 */
function takenOver({ current, previous, next }: Keys): Pick<Keys, "current" | "previous"> {
  if (current === undefined) return { current: undefined, previous: undefined };
  if (next === undefined || next === current) return { current, previous: previous ?? current };
  return { current: next, previous: current };
}

function newKey(): string {
  return randomBytes(keyBytes).toString("base64url");
}

/** For each variable the key that comes after, beside the ones of before and after it. All else stays as it is. */
export function rotatedValue(current: SecretValue, variables: readonly string[]): SecretValue {
  const kept = Object.entries(current).filter(([variable]) => variable !== notFilledKey);
  const generated = variables.flatMap((variable): [string, string][] => {
    const taken = takenOver(keysOf(current, variable));
    const key = taken.current ?? newKey();
    return [
      [variable, key],
      [previousVariable(variable), taken.previous ?? key],
      [nextVariable(variable), newKey()],
    ];
  });
  return Object.fromEntries([...kept, ...generated]);
}

/** What keeps `pending` from taking over from `current`; shows names of declared variables and no value. */
export function pendingProblems(
  pending: SecretValue,
  current: SecretValue,
  variables: readonly string[],
): string[] {
  const problems = variables.flatMap((variable) => keyProblems(variable, pending, current));
  if (notFilledKey in pending) problems.push(`${notFilledKey} is still there`);
  const generated = new Set(
    variables.flatMap((variable) => [variable, previousVariable(variable), nextVariable(variable)]),
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

function keyProblems(variable: string, pending: SecretValue, current: SecretValue): string[] {
  const [now, before] = [keysOf(pending, variable), keysOf(current, variable)];
  const taken = takenOver(before);
  const problems: string[] = [];
  if (taken.current === undefined) {
    if (!isGenerated(now.current)) problems.push(`${variable} holds no generated key`);
  } else if (now.current !== taken.current)
    problems.push(
      taken.current === before.current
        ? `${variable} changed before anybody was told of the key that comes next`
        : `${variable} does not hold the key that was announced`,
    );
  if (now.previous !== (taken.previous ?? now.current))
    problems.push(`${previousVariable(variable)} does not hold the key of before`);
  const known = [now.current, now.previous, before.current, before.next];
  if (!isGenerated(now.next) || known.includes(now.next))
    problems.push(`${nextVariable(variable)} holds no new key`);
  return problems;
}

function isGenerated(key: string | undefined): boolean {
  return key !== undefined && keyShape.test(key);
}
