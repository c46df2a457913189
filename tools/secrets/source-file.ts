import { readFileSync, statSync } from "node:fs";

/** Where something stands; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** More than any Compose or env file that people write; keeps a wrong path from filling the memory. */
const largestFileBytes = 1024 * 1024;

export type ReadResult = { readonly text: string } | { readonly problem: string };

/** The text of a file, or why there is none. */
export function readSource(file: string): ReadResult {
  let bytes: Buffer;
  try {
    const entry = statSync(file);
    if (!entry.isFile()) return { problem: `${file}: is no file` };
    if (entry.size > largestFileBytes)
      return { problem: `${file}: got ${entry.size} bytes, need at most ${largestFileBytes}` };
    bytes = readFileSync(file);
  } catch (error) {
    return { problem: `${file}: ${reasons[codeOf(error)] ?? "cannot be read"}` };
  }
  if (bytes.includes(0)) return { problem: `${file}: is binary, need text` };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { problem: `${file}: is not UTF-8 text` };
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EACCES: "may not be read by you",
  EPERM: "may not be read by you",
};

export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** "file:line:column", as editors and terminals open it. */
export function describePlace(place: Place): string {
  return `${place.file}:${place.line}:${place.column}`;
}

export function placeAt(file: string, text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  let line = 1;
  for (let at = before.indexOf("\n"); at !== -1; at = before.indexOf("\n", at + 1)) line += 1;
  return { file, line, column: offset - lineStart + 1 };
}
