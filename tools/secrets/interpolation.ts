/** A `${VARIABLE}` inside a text. */
export interface Reference {
  readonly kind: "reference";
  readonly name: string;
  readonly operator: Operator | undefined;
  /** What stands behind the operator: a default, a message or a substitute. */
  readonly argument: string;
}
type Operator = ":-" | "-" | ":?" | "?" | ":+" | "+";
type Segment = { readonly kind: "text"; readonly text: string } | Reference;

export interface Expanded {
  readonly text: string;
  /** Variables that had no value and no default. */
  readonly unset: readonly string[];
}

export type Lookup = (name: string) => string | undefined;

const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const operator = /:-|:\?|:\+|-|\?|\+/y;
/** Defaults may hold defaults; nobody nests them further, and a recursion needs an end. */
const deepest = 16;

/**
 * Splits a text at its references, as Compose reads them: `$NAME`, `${NAME}`, `${NAME:-default}`, `$$` for a dollar.
 * A dollar that starts nothing of these is text.
 * @see https://docs.docker.com/reference/compose-file/interpolation/
 */
function parseReferences(text: string): Segment[] {
  const segments: Segment[] = [];
  let plain = "";
  let at = 0;
  const push = (reference: Reference): void => {
    if (plain !== "") segments.push({ kind: "text", text: plain });
    plain = "";
    segments.push(reference);
  };
  while (at < text.length) {
    const found = text[at] === "$" ? readReference(text, at + 1) : undefined;
    if (found !== undefined) {
      push(found.reference);
      at = found.end;
      continue;
    }
    plain += text[at] ?? "";
    at += text.startsWith("$$", at) ? 2 : 1;
  }
  if (plain !== "") segments.push({ kind: "text", text: plain });
  return segments;
}

function readReference(
  text: string,
  start: number,
): { readonly reference: Reference; readonly end: number } | undefined {
  const braced = text[start] === "{";
  const variable = match(name, text, braced ? start + 1 : start);
  if (variable === undefined) return undefined;
  const afterName = (braced ? start + 1 : start) + variable.length;
  const bare = { kind: "reference", name: variable, operator: undefined, argument: "" } as const;
  if (!braced) return { reference: bare, end: afterName };
  if (text[afterName] === "}") return { reference: bare, end: afterName + 1 };
  const sign = match(operator, text, afterName) as Operator | undefined;
  const end = closingBrace(text, afterName);
  if (sign === undefined || end === undefined) return undefined;
  const argument = text.slice(afterName + sign.length, end);
  return { reference: { ...bare, operator: sign, argument }, end: end + 1 };
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function closingBrace(text: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text.startsWith("${", at)) depth += 1;
    else if (text[at] === "}" && depth === 0) return at;
    else if (text[at] === "}") depth -= 1;
  }
  return undefined;
}

/** Every reference of a text, also those inside defaults. */
export function referencesIn(text: string, depth = 0): Reference[] {
  if (depth > deepest) return [];
  return parseReferences(text).flatMap((segment) =>
    segment.kind === "reference"
      ? [segment, ...referencesIn(segment.argument, depth + 1)]
      : ([] as Reference[]),
  );
}

/** The text as a container gets it. */
export function expand(text: string, lookup: Lookup, depth = 0): Expanded {
  const unset: string[] = [];
  const parts = parseReferences(text).map((segment) => {
    if (segment.kind === "text") return segment.text;
    const given = lookup(segment.name);
    const counts = given !== undefined && !(segment.operator?.startsWith(":") && given === "");
    const substitute = segment.operator?.endsWith("+") === true;
    const usesArgument = substitute ? counts : !counts && segment.operator?.endsWith("-") === true;
    if (usesArgument && depth < deepest) {
      const inner = expand(segment.argument, lookup, depth + 1);
      unset.push(...inner.unset);
      return inner.text;
    }
    if (!counts && !substitute) unset.push(segment.name);
    return substitute ? "" : (given ?? "");
  });
  return { text: parts.join(""), unset };
}
