import { isScalar, type Node, type Scalar } from "yaml";
import type { ComposeFile } from "./compose-file";
import { textOf } from "./compose-nodes";
import type { Edit } from "./finding";

const message = "set by the secret store";

/** What stands in the cleaned file instead of a credential: Compose refuses to start without the variable. */
export function reference(variable: string): string {
  return `\${${asShellName(variable)}:?${message}}`;
}

function asShellName(variable: string): string {
  const name = variable.replace(/[^A-Za-z0-9_]/g, "_");
  return /^\d/.test(name) ? `_${name}` : name;
}

/** Replaces a scalar by a double-quoted text, which is valid wherever a scalar is. */
export function replaceScalar(compose: ComposeFile, node: Scalar, text: string): Edit {
  const [start, end] = rangeOf(node);
  const source = compose.text.slice(start, end);
  // A block scalar ends with the line; what replaces it has to end it too.
  const lineEnd = isBlock(node) && source.endsWith("\n") ? "\n" : "";
  const replacement = `${JSON.stringify(text)}${lineEnd}`;
  return { file: compose.path, start, end, replacement };
}

/** Replaces parts of a scalar and keeps the rest, as it is quoted where that can be. */
export function replaceParts(
  compose: ComposeFile,
  node: Scalar,
  parts: readonly { readonly text: string; readonly replacement: string }[],
): Edit {
  const [start, end] = rangeOf(node);
  const source = compose.text.slice(start, end);
  const inSource = node.type !== "PLAIN" && parts.every((part) => source.includes(part.text));
  if (!inSource) return replaceScalar(compose, node, replaceAll(textOf(node), parts));
  return { file: compose.path, start, end, replacement: replaceAll(source, parts) };
}

function replaceAll(
  text: string,
  parts: readonly { readonly text: string; readonly replacement: string }[],
): string {
  // The longest first: one credential may be a part of another.
  const ordered = [...parts].sort((one, other) => other.text.length - one.text.length);
  const pattern = ordered.map((part) => part.text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  return text.replace(
    new RegExp(pattern, "g"),
    (found) => ordered.find((part) => part.text === found)?.replacement ?? "",
  );
}

function rangeOf(node: Node): [number, number] {
  return [node.range?.[0] ?? 0, node.range?.[1] ?? 0];
}

function isBlock(node: Node): boolean {
  return isScalar(node) && (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED");
}

/** The text with every edit made; of two edits at one place the first counts. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((one, other) => one.start - other.start);
  let result = "";
  let at = 0;
  for (const edit of ordered) {
    if (edit.start < at) continue;
    result += text.slice(at, edit.start) + edit.replacement;
    at = edit.end;
  }
  return result + text.slice(at);
}
