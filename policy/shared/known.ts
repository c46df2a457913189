import { UnknownValueError } from "@pulumi/policy";

/** Stands for a value that a preview does not know yet, inside of what `snapshot` copied. */
export const unknownValue: unique symbol = Symbol("unknown until the update");

/**
 * What `read` returns, or `otherwise` where a preview does not know it yet.
 * Read one property at a time: what is unknown then costs that property only, never the rule.
 */
export function known<T>(read: () => T): T | undefined;
export function known<T, O>(read: () => T, otherwise: O): T | O;
export function known<T>(read: () => T, otherwise?: T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnknownValueError) return otherwise;
    throw error;
  }
}

/** A plain copy of a whole structure, with `unknownValue` wherever a preview knows nothing yet. */
export function snapshot(read: () => unknown): unknown {
  const value = known(read, unknownValue);
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    return Array.from({ length: list.length }, (_, index) => snapshot(() => list[index]));
  }
  if (typeof value !== "object" || value === null) return value;
  const tree = value as Record<string, unknown>;
  return Object.fromEntries(Object.keys(tree).map((key) => [key, snapshot(() => tree[key])]));
}
