import { isTree } from "./is-tree";
import { unknownValue } from "./known";

/** What stands at a path; `unknownValue` if the path crosses something unknown, undefined if there is nothing. */
export function valueAt(root: unknown, ...path: readonly string[]): unknown {
  let value = root;
  for (const key of path) {
    if (value === unknownValue) return unknownValue;
    if (!isTree(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

export function textAt(root: unknown, ...path: readonly string[]): string | undefined {
  const value = valueAt(root, ...path);
  return typeof value === "string" ? value : undefined;
}

export function listAt(root: unknown, ...path: readonly string[]): readonly unknown[] {
  const value = valueAt(root, ...path);
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** The texts of a list; what is unknown or no text is left out. */
export function textsAt(root: unknown, ...path: readonly string[]): string[] {
  return listAt(root, ...path).filter((item) => typeof item === "string");
}
