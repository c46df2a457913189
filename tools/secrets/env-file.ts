import { expand, type Lookup } from "./interpolation";

/** One assignment of an env file. */
export interface EnvEntry {
  readonly name: string;
  /** As written, without quotes; undefined for a name alone, which hands on what the shell has. */
  readonly text: string | undefined;
  /** False between single quotes and in raw files: a dollar is a dollar. */
  readonly interpolated: boolean;
  readonly line: number;
  readonly column: number;
}

export interface EnvFile {
  readonly entries: readonly EnvEntry[];
  readonly comments: readonly { readonly text: string; readonly line: number }[];
  /** "line 3: …"; no value in them. */
  readonly problems: readonly string[];
}

const assignment = /^(\s*)(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*(?:(=|:(?=\s|$))[ \t]*|$)/;
const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "\\": "\\" };

/**
 * Reads an env file as Compose does: `export`, single and double quotes over several lines, comments after a space.
 * @see https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax
 */
export function parseEnvFile(source: string, format: "dotenv" | "raw" = "dotenv"): EnvFile {
  const lines = source.replace(/^\uFEFF/, "").split(/\r?\n/);
  const entries: EnvEntry[] = [];
  const comments: { text: string; line: number }[] = [];
  const problems: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const content = lines[index] ?? "";
    const line = index + 1;
    if (content.trim() === "") continue;
    if (content.trimStart().startsWith("#")) {
      comments.push({ text: content, line });
      continue;
    }
    const found = assignment.exec(content);
    const name = found?.[2];
    if (found === null || name === undefined) {
      problems.push(`line ${line}: need NAME=value`);
      continue;
    }
    const column = (found[1] ?? "").length + 1;
    const start = found[0].length;
    if (found[3] === undefined) entries.push(entry({ name, line, column }, undefined, false));
    else if (format === "raw")
      entries.push(entry({ name, line, column }, content.slice(content.indexOf("=") + 1), false));
    else {
      const value = readValue(lines, index, start);
      index = value.lastLine;
      if (value.problem !== undefined) problems.push(`line ${line}: ${name}: ${value.problem}`);
      else entries.push(entry({ name, line, column }, value.text, value.interpolated));
      if (value.comment !== undefined) comments.push({ text: value.comment, line: index + 1 });
    }
  }
  return { entries, comments, problems };
}

function entry(
  where: Pick<EnvEntry, "name" | "line" | "column">,
  text: string | undefined,
  interpolated: boolean,
): EnvEntry {
  return { ...where, text, interpolated };
}

interface ReadValue {
  readonly text: string;
  readonly interpolated: boolean;
  readonly lastLine: number;
  readonly comment?: string;
  readonly problem?: string;
}

function readValue(lines: readonly string[], index: number, start: number): ReadValue {
  const line = lines[index] ?? "";
  const quote = line[start];
  if (quote === '"' || quote === "'") return readQuoted(lines, index, start);
  const rest = line.slice(start);
  const comment = /(?:^|\s)#.*$/.exec(rest);
  const text = (comment === null ? rest : rest.slice(0, comment.index)).trimEnd();
  return { text, interpolated: true, lastLine: index, ...(comment && { comment: comment[0] }) };
}

function readQuoted(lines: readonly string[], index: number, start: number): ReadValue {
  const quote = (lines[index] ?? "")[start] ?? "";
  const interpolated = quote === '"';
  let text = "";
  let column = start + 1;
  for (let at = index; at < lines.length; at += 1, column = 0) {
    const line = lines[at] ?? "";
    for (; column < line.length; column += 1) {
      const character = line[column] ?? "";
      if (character === quote) return { text, interpolated, ...afterQuote(line, column, at) };
      if (character !== "\\" || column + 1 >= line.length) {
        text += character;
        continue;
      }
      column += 1;
      text += unescape(line[column] ?? "", quote);
    }
    text += "\n";
  }
  const which = quote === '"' ? "double" : "single";
  // The rest of the file went into the value: reading on behind this line finds what else is wrong.
  return {
    text: "",
    interpolated,
    lastLine: index,
    problem: `a ${which} quote opens and never closes`,
  };
}

function unescape(character: string, quote: string): string {
  if (character === quote) return character;
  if (quote === "'") return `\\${character}`;
  // `$$` is the dollar of the interpolation that follows.
  if (character === "$") return "$$";
  return escapes[character] ?? `\\${character}`;
}

function afterQuote(
  line: string,
  column: number,
  lastLine: number,
): Pick<ReadValue, "lastLine" | "comment" | "problem"> {
  const rest = line.slice(column + 1);
  if (rest.trim() === "") return { lastLine };
  if (/^\s+#/.test(rest)) return { lastLine, comment: rest };
  return { lastLine, problem: "text stands behind the closing quote" };
}

/** What each entry gives, in order: later ones may refer to earlier ones, and the last of a name counts. */
export function resolveEnvEntries(
  entries: readonly EnvEntry[],
  outer: Lookup,
): Map<EnvEntry, string> {
  const values = new Map<string, string>();
  const resolved = new Map<EnvEntry, string>();
  for (const entry of entries) {
    if (entry.text === undefined) continue;
    const text = entry.interpolated
      ? expand(entry.text, (name) => outer(name) ?? values.get(name)).text
      : entry.text;
    values.set(entry.name, text);
    resolved.set(entry, text);
  }
  return resolved;
}
