import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  parseDocument,
  visit,
  type Alias,
  type Document,
  type ErrorCode,
  type Node,
  type Pair,
  type YAMLMap,
} from "yaml";
import { placeAt, type Place } from "./source-file";

/** A Compose file as text and as the tree of its nodes, each with its offset in the text. */
export interface ComposeFile {
  readonly path: string;
  readonly text: string;
  readonly root: YAMLMap;
  /** What an alias stands for; any other node is itself. */
  readonly resolve: (node: unknown) => Node | undefined;
  readonly placeOf: (offset: number) => Place;
}

export type ParsedCompose =
  { readonly compose: ComposeFile } | { readonly problems: readonly string[] };

/** Far above any real file with anchors; a few lines of nested aliases expand to billions. */
const mostExpandedNodes = 100_000;

/** Own words: those of the parser may quote the file. */
const yamlProblems: Partial<Record<ErrorCode, string>> = {
  DUPLICATE_KEY: "the key stands twice in one map",
  MULTIPLE_DOCS: "a second document begins, need one document",
  TAB_AS_INDENT: "a tab indents, need spaces",
  BAD_ALIAS: "the alias is not well-formed",
  BAD_INDENT: "the indentation does not fit, or a bracket is never closed",
  MISSING_CHAR: "a closing quote, bracket or colon is missing",
  MULTILINE_IMPLICIT_KEY: "a key runs over several lines; a colon or quote is probably missing",
  UNEXPECTED_TOKEN: "something stands here that YAML does not allow",
};

/** Enough to see what is wrong: one missing bracket can make hundreds. */
const mostProblems = 20;

/** Reads YAML with merge keys; refuses cycles and aliases that expand without measure. */
export function parseCompose(path: string, text: string): ParsedCompose {
  try {
    return readCompose(path, text);
  } catch (error) {
    // The parser and the walks are recursive: what overflows the stack is no file that people write.
    if (error instanceof RangeError)
      return { problems: [`${path}: is nested too deeply to be read`] };
    throw error;
  }
}

function readCompose(path: string, text: string): ParsedCompose {
  const document = parseDocument(text, { merge: true, prettyErrors: false });
  const placeOf = (offset: number): Place => placeAt(path, text, offset);
  const refuse = (problems: readonly FoundProblem[]): ParsedCompose => {
    const told = problems.map(({ offset, what }) => {
      const { line, column } = placeOf(offset);
      return `${path}:${line}:${column}: ${what}`;
    });
    const distinct = [...new Set(told)];
    const shown = distinct.slice(0, mostProblems);
    const more = distinct.length - shown.length;
    return { problems: more > 0 ? [...shown, `${path}: ${more} more problems`] : shown };
  };
  if (document.errors.some(({ code }) => code === "RESOURCE_EXHAUSTION"))
    throw new RangeError("the parser gave up");
  if (document.errors.length > 0)
    return refuse(
      document.errors.map(({ code, pos }) => ({
        offset: pos[0],
        what: yamlProblems[code] ?? "is no valid YAML",
      })),
    );
  const root = document.contents;
  if (!isMap(root) || !root.items.some(isComposeKey))
    return { problems: [`${path}: is no Compose file, need a map with services`] };
  const anchors = resolveAliases(document);
  const aliasProblems = checkAliases(document, anchors);
  if (aliasProblems.length > 0) return refuse(aliasProblems);
  const resolve = (node: unknown): Node | undefined =>
    isAlias(node) ? anchors.get(node) : isNode(node) ? node : undefined;
  return { compose: { path, text, root, resolve, placeOf } };
}

const composeKeys = /^(services|secrets|configs|include|x-.*)$/;

function isComposeKey(pair: Pair): boolean {
  return isScalar(pair.key) && composeKeys.test(String(pair.key.value));
}

/** An anchor holds from where it stands until it is set again. */
function resolveAliases(document: Document.Parsed): Map<Alias, Node> {
  const current = new Map<string, Node>();
  const resolved = new Map<Alias, Node>();
  visit(document, {
    Node(_key, node) {
      if ("anchor" in node && node.anchor) current.set(node.anchor, node);
    },
    Alias(_key, alias) {
      const target = current.get(alias.source);
      if (target !== undefined) resolved.set(alias, target);
    },
  });
  return resolved;
}

interface FoundProblem {
  readonly offset: number;
  readonly what: string;
}

/** Nodes that a node stands for with every alias expanded, each anchor counted once and remembered. */
function checkAliases(document: Document.Parsed, anchors: Map<Alias, Node>): FoundProblem[] {
  const problems = new Map<number, string>();
  const sizes = new Map<Node, number>();
  const open = new Set<Node>();
  const size = (node: unknown): number => {
    if (isPair(node)) return size(node.key) + size(node.value);
    if (!isNode(node)) return 0;
    if (isAlias(node)) return sizeOfAlias(node);
    const known = sizes.get(node);
    if (known !== undefined) return known;
    open.add(node);
    const items: unknown[] = "items" in node ? (node.items as unknown[]) : [];
    const total = items.reduce<number>((sum, item) => sum + size(item), 1);
    open.delete(node);
    sizes.set(node, total);
    return total;
  };
  const sizeOfAlias = (alias: Alias): number => {
    const offset = alias.range?.[0] ?? 0;
    const target = anchors.get(alias);
    if (target === undefined)
      problems.set(offset, "the alias names an anchor that is not set before it");
    else if (open.has(target))
      problems.set(offset, "the alias stands inside its own anchor: a cycle");
    else return size(target);
    return 1;
  };
  if (size(document.contents) > mostExpandedNodes)
    problems.set(0, `the aliases expand to more than ${mostExpandedNodes} nodes`);
  return [...problems].map(([offset, what]) => ({ offset, what }));
}
