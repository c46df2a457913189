import { isMap, isScalar, isSeq, type Node, type Scalar } from "yaml";
import type { ComposeFile } from "./compose-file";

/** A key with what stands behind it, aliases resolved. */
export interface Entry {
  readonly key: string;
  readonly keyNode: Scalar;
  readonly value: Node | undefined;
}

/** The entries of a map, lowest precedence first: what is merged in stands before what overrides it. */
export function entriesOf(compose: ComposeFile, node: unknown): Entry[] {
  const map = compose.resolve(node);
  if (!isMap(map)) return [];
  const own: Entry[] = [];
  const merged: Entry[] = [];
  for (const { key, value } of map.items) {
    if (!isScalar(key)) continue;
    if (isMergeKey(key)) merged.unshift(...mergedEntries(compose, value));
    else own.push({ key: textOf(key), keyNode: key, value: compose.resolve(value) });
  }
  return [...merged, ...own];
}

/** Of several merged maps the first wins, so the last stands first here. */
function mergedEntries(compose: ComposeFile, value: unknown): Entry[] {
  const node = compose.resolve(value);
  if (!isSeq(node)) return entriesOf(compose, node);
  return [...node.items].reverse().flatMap((item) => entriesOf(compose, item));
}

function isMergeKey(key: Scalar): boolean {
  return typeof key.value === "symbol" || key.value === "<<";
}

/** The value that counts for a key. */
export function valueOf(compose: ComposeFile, map: unknown, key: string): Node | undefined {
  return entriesOf(compose, map).findLast((entry) => entry.key === key)?.value;
}

/** The text as written: a plain 007 is "007", as Compose hands it on. */
export function textOf(scalar: Scalar): string {
  if (typeof scalar.value === "string") return scalar.value;
  return scalar.source ?? "";
}

export function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

export function itemsOf(compose: ComposeFile, node: Node | undefined): Node[] {
  const list = compose.resolve(node);
  return isSeq(list) ? list.items.flatMap((item) => compose.resolve(item) ?? []) : [];
}

export function scalarText(node: Node | undefined): string | undefined {
  return isScalar(node) && node.value !== null ? textOf(node) : undefined;
}
