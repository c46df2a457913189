import {
  isPair,
  isScalar,
  isSeq,
  Lexer,
  visit,
  type Node,
  type Pair,
  type Scalar,
  type YAMLSeq,
} from "yaml";
import { reference, replaceParts, replaceScalar } from "./cleaned-text";
import { asVariable, realCredentialsInLine, type InLine } from "./command-line";
import type { ComposeFile } from "./compose-file";
import { offsetOf, textOf } from "./compose-nodes";
import type { Search } from "./compose-findings";
import type { Finding, Source } from "./finding";
import { referencesIn } from "./interpolation";
import { judgeVariable } from "./judge-variable";
import { isPlaceholder } from "./placeholder";
import { SecretText } from "./secret-text";

type Ancestors = readonly unknown[];

const environmentName = /^[A-Z][A-Z0-9_]*$/;
const commandKeys = new Set(["command", "entrypoint", "test", "args"]);

/** Credentials anywhere else in the file: command lines, contents, build arguments, labels, unused anchors, comments. */
export function findInRest(search: Search, compose: ComposeFile): Finding[] {
  const found: Finding[] = [];
  visit(compose.root, {
    Seq(_key, list, ancestors) {
      if (commandKeys.has(keyAbove(ancestors) ?? ""))
        found.push(...inCommandList(search, compose, { list, ancestors }));
    },
    Scalar(position, node, ancestors) {
      if (position === "key" || search.seen.has(node)) return;
      found.push(...inScalar(search, compose, { node, ancestors }));
    },
  });
  return [...found, ...findInComments(compose)];
}

/** The items of a list are one command line: an option and its value may be two items. */
function inCommandList(
  search: Search,
  compose: ComposeFile,
  { list, ancestors }: { readonly list: YAMLSeq; readonly ancestors: Ancestors },
): Finding[] {
  const items = list.items.filter((item): item is Scalar => isScalar(item));
  const credentials = credentialsIn(items.map(textOf).join(" "), search);
  for (const item of items) search.seen.add(item);
  return credentials.flatMap((credential) => {
    const holders = items.filter((item) => textOf(item).includes(credential.text));
    return holders.map((node) =>
      lineFinding(compose, { node, ancestors, credentials: [credential], all: credentials }),
    );
  });
}

function inScalar(
  search: Search,
  compose: ComposeFile,
  { node, ancestors }: { readonly node: Scalar; readonly ancestors: Ancestors },
): Finding[] {
  if (node.value === null) return [];
  const text = textOf(node);
  const named = nameAndValue(text, ancestors);
  if (named !== undefined) {
    const verdict = judgeVariable(
      { ...named, interpolated: true },
      search.workspace.lookup,
      search.detector,
    );
    if (verdict === undefined) return [];
    const { name } = named;
    const replacement = named.text === text ? reference(name) : `${name}=${reference(name)}`;
    const where = {
      ...placeOf(compose, node, ancestors),
      variable: name,
      source: sourceOf(ancestors),
    };
    const edits = verdict.plaintext ? [replaceScalar(compose, node, replacement)] : [];
    // Nothing of this reaches a container's environment.
    return [{ ...verdict, ...where, effective: false, edits }];
  }
  const credentials = credentialsIn(text, search);
  return credentials.map((credential) =>
    lineFinding(compose, { node, ancestors, credentials: [credential], all: credentials }),
  );
}

function lineFinding(
  compose: ComposeFile,
  found: {
    readonly node: Scalar;
    readonly ancestors: Ancestors;
    readonly credentials: readonly [InLine];
    readonly all: readonly InLine[];
  },
): Finding {
  const [credential] = found.credentials;
  const where = placeOf(compose, found.node, found.ancestors);
  const owner = where.service === undefined ? "" : `${asVariable(where.service)}_`;
  const parts = found.all
    .filter((one) => textOf(found.node).includes(one.text))
    .map((one) => ({
      text: one.text,
      replacement: reference(one.ownName === true ? one.variable : `${owner}${one.variable}`),
    }));
  return {
    ...where,
    variable: credential.ownName === true ? credential.variable : `${owner}${credential.variable}`,
    source: sourceOf(found.ancestors),
    kind: credential.kind,
    value: new SecretText(credential.secret ?? credential.text),
    placeholder: false,
    effective: false,
    plaintext: true,
    secrets: [new SecretText(credential.secret ?? credential.text)],
    edits: [replaceParts(compose, found.node, parts)],
  };
}

/** Credentials of a line, and the defaults of references to variables that are named as credentials. */
function credentialsIn(text: string, { detector }: Search): InLine[] {
  const defaults = referencesIn(text).flatMap(({ name, operator, argument }): InLine[] => {
    if (operator?.endsWith("-") !== true || argument === "" || isPlaceholder(argument)) return [];
    const detection = detector.detectVariable(name, argument);
    if (detection === undefined) return [];
    const whole = `\${${name}${operator}${argument}}`;
    return [
      {
        text: whole,
        variable: name,
        kind: `${detection.kind}, as a default`,
        secret: argument,
        ownName: true,
      },
    ];
  });
  const plain = defaults.reduce((rest, { text: whole }) => rest.replaceAll(whole, "$"), text);
  return [...defaults, ...realCredentialsInLine(plain)];
}

/** A variable with its value: under a key or in a `NAME=value` item that looks like a variable. */
function nameAndValue(
  text: string,
  ancestors: Ancestors,
): { readonly name: string; readonly text: string } | undefined {
  const parent = ancestors.at(-1);
  if (isPair(parent)) {
    const key = keyOf(parent);
    return environmentName.test(key) ? { name: key, text } : undefined;
  }
  const found = /^([A-Z][A-Z0-9_]*)=(.*)$/s.exec(text);
  return isSeq(parent) && found ? { name: found[1] ?? "", text: found[2] ?? "" } : undefined;
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : "";
}

function keyAbove(ancestors: Ancestors): string | undefined {
  const pair = ancestors.findLast((node): node is Pair => isPair(node));
  return pair && keyOf(pair);
}

function keysAbove(ancestors: Ancestors): string[] {
  return ancestors.filter((node): node is Pair => isPair(node)).map(keyOf);
}

function sourceOf(ancestors: Ancestors): Source {
  const keys = keysAbove(ancestors);
  if (keys[0] === "configs") return "config content";
  return keys.some((key) => commandKeys.has(key)) && keys[2] !== "build"
    ? "command"
    : "elsewhere in the file";
}

function placeOf(
  compose: ComposeFile,
  node: Node,
  ancestors: Ancestors,
): Pick<Finding, "place" | "service"> {
  const [top, service] = keysAbove(ancestors);
  return {
    place: compose.placeOf(offsetOf(node)),
    service: top === "services" ? service : undefined,
  };
}

/** What people left in comments: it is as plain as the rest. */
function findInComments(compose: ComposeFile): Finding[] {
  let offset = 0;
  const found: Finding[] = [];
  for (const lexeme of new Lexer().lex(compose.text)) {
    if (["\u0002", "\u0018", "\u001f", "\ufeff"].includes(lexeme)) continue;
    if (lexeme.startsWith("#")) found.push(...inComment(compose, lexeme, offset));
    offset += lexeme.length;
  }
  return found;
}

function inComment(compose: ComposeFile, comment: string, offset: number): Finding[] {
  return realCredentialsInLine(comment).map(({ text, variable, kind }) => {
    const start = offset + comment.indexOf(text);
    const secret = new SecretText(text);
    return {
      ...{ place: compose.placeOf(start), service: undefined, variable, source: "comment", kind },
      ...{
        value: secret,
        placeholder: false,
        effective: false,
        plaintext: true,
        secrets: [secret],
      },
      edits: [{ file: compose.path, start, end: start + text.length, replacement: "[removed]" }],
    };
  });
}
