import { dirname, join, resolve } from "node:path";
import { isMap, isScalar, isSeq, type Node, type Scalar } from "yaml";
import type { ComposeFile } from "./compose-file";
import { entriesOf, itemsOf, offsetOf, scalarText, textOf, valueOf } from "./compose-nodes";

/** A variable that a service sets in the Compose file. */
export interface SetVariable {
  readonly name: string;
  readonly text: string;
  /** The scalar that holds it: the value of a map, the whole `NAME=value` of a list. */
  readonly node: Scalar;
  readonly inList: boolean;
}

export interface EnvFileReference {
  readonly path: string;
  readonly required: boolean;
  readonly format: "dotenv" | "raw";
  readonly offset: number;
}

export interface ComposeService {
  readonly name: string;
  readonly containerName: string | undefined;
  readonly image: string | undefined;
  /** Lowest precedence first. */
  readonly variables: readonly SetVariable[];
  readonly envFiles: readonly EnvFileReference[];
  /** Names of the top-level secrets that it mounts. */
  readonly grants: readonly string[];
  /** Extended services of other files, which have to be given themselves. */
  readonly extendsElsewhere: readonly string[];
}

/** The services of a Compose file with what they set, merge keys and `extends` followed. */
export function readServices(compose: ComposeFile): ComposeService[] {
  const nodes = serviceNodes(compose);
  return [...nodes].map(([name, node]) => {
    const chain = extendsChain(compose, nodes, name);
    return {
      name,
      containerName: scalarText(valueOf(compose, node, "container_name")),
      image: scalarText(valueOf(compose, node, "image")),
      variables: chain.nodes.flatMap((part) =>
        readVariables(compose, valueOf(compose, part, "environment")),
      ),
      envFiles: chain.nodes.flatMap((part) =>
        readEnvFiles(compose, valueOf(compose, part, "env_file")),
      ),
      grants: chain.nodes.flatMap((part) => readGrants(compose, valueOf(compose, part, "secrets"))),
      extendsElsewhere: chain.elsewhere,
    };
  });
}

/** What a service extends: one of its own file, unless it names another. */
export interface Extended {
  readonly file: string | undefined;
  readonly service: string | undefined;
  readonly offset: number;
}

export function extendedBy(compose: ComposeFile, service: Node | undefined): Extended | undefined {
  const extended = valueOf(compose, service, "extends");
  if (extended === undefined) return undefined;
  return {
    file: scalarText(valueOf(compose, extended, "file")),
    service: scalarText(extended) ?? scalarText(valueOf(compose, extended, "service")),
    offset: offsetOf(extended),
  };
}

/** The services of a Compose file by name. */
export function serviceNodes(compose: ComposeFile): Map<string, Node | undefined> {
  const services = entriesOf(compose, valueOf(compose, compose.root, "services"));
  return new Map(services.map(({ key, value }) => [key, value]));
}

/** The services that one is built from, the extended ones first; cycles were refused before. */
function extendsChain(
  compose: ComposeFile,
  services: ReadonlyMap<string, Node | undefined>,
  name: string,
): { nodes: Node[]; elsewhere: string[] } {
  const nodes: Node[] = [];
  const elsewhere: string[] = [];
  const seen = new Set<string>();
  for (let next: string | undefined = name; next !== undefined && !seen.has(next);) {
    seen.add(next);
    const node = services.get(next);
    if (node === undefined) break;
    nodes.unshift(node);
    const extended = extendedBy(compose, node);
    const isElsewhere = extended?.file !== undefined && !isSameFile(compose, extended.file);
    if (isElsewhere) elsewhere.push(extended.file);
    next = isElsewhere ? undefined : extended?.service;
  }
  return { nodes, elsewhere };
}

/** A path of a Compose file is seen from the folder that the file is in. */
export function besideIt(compose: ComposeFile, path: string): string {
  return join(dirname(compose.path), path);
}

function isSameFile(compose: ComposeFile, path: string): boolean {
  return resolve(besideIt(compose, path)) === resolve(compose.path);
}

function readVariables(compose: ComposeFile, environment: Node | undefined): SetVariable[] {
  if (isSeq(environment))
    return itemsOf(compose, environment).flatMap((item) => {
      if (!isScalar(item)) return [];
      const text = textOf(item);
      const equals = text.indexOf("=");
      if (equals === -1) return [];
      const [name, value] = [text.slice(0, equals).trim(), text.slice(equals + 1)];
      return [{ name, text: value, node: item, inList: true }];
    });
  return entriesOf(compose, environment).flatMap(({ key, value }) =>
    isScalar(value) && value.value !== null
      ? [{ name: key, text: textOf(value), node: value, inList: false }]
      : [],
  );
}

function readEnvFiles(compose: ComposeFile, node: Node | undefined): EnvFileReference[] {
  const one = (item: Node): EnvFileReference[] => {
    const path = scalarText(isMap(item) ? valueOf(compose, item, "path") : item);
    if (path === undefined) return [];
    const required = scalarText(valueOf(compose, item, "required")) !== "false";
    const format = scalarText(valueOf(compose, item, "format")) === "raw" ? "raw" : "dotenv";
    return [{ path, required, format, offset: offsetOf(item) }];
  };
  if (node === undefined) return [];
  return isSeq(node) ? itemsOf(compose, node).flatMap(one) : one(node);
}

function readGrants(compose: ComposeFile, node: Node | undefined): string[] {
  return itemsOf(compose, node).flatMap(
    (item) => scalarText(isMap(item) ? valueOf(compose, item, "source") : item) ?? [],
  );
}
