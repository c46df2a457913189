import { dirname, join, resolve } from "node:path";
import { isScalar, type Scalar } from "yaml";
import { reference, replaceScalar } from "./cleaned-text";
import { asVariable } from "./command-line";
import { entriesOf, offsetOf, scalarText, textOf, valueOf } from "./compose-nodes";
import type { ComposeService, SetVariable } from "./compose-service";
import type { Detector } from "./detector";
import { resolveEnvEntries } from "./env-file";
import type { Finding } from "./finding";
import { expand } from "./interpolation";
import { judgeVariable } from "./judge-variable";
import { isPlaceholder } from "./placeholder";
import { SecretText } from "./secret-text";
import { readSource } from "./source-file";
import { envFilePath, type LoadedCompose, type Workspace } from "./workspace";

export interface Search {
  readonly workspace: Workspace;
  readonly detector: Detector;
  /** Scalars that were judged as what they are; the walk over the rest leaves them out. */
  readonly seen: Set<Scalar>;
}

/** The credentials among the variables of a service: its env files first, what overrides them behind. */
export function findInService(
  search: Search,
  { compose }: LoadedCompose,
  service: ComposeService,
): Finding[] {
  const found = [
    ...service.envFiles.flatMap((each) =>
      findInEnvFile(search, envFilePath(compose, each), service.name),
    ),
    ...service.variables.flatMap((variable) =>
      findInEnvironment(search, compose, { service, variable }),
    ),
  ];
  const last = new Map(found.map((finding) => [finding.variable, finding]));
  // A harmless assignment may override a credential too.
  const overriding = new Map(service.variables.map(({ name, node }) => [name, node]));
  return found.map((finding) => {
    const overridden =
      finding.source === "env file" && overriding.has(finding.variable)
        ? true
        : last.get(finding.variable) !== finding;
    return { ...finding, effective: !overridden };
  });
}

function findInEnvFile({ workspace, detector }: Search, path: string, service: string): Finding[] {
  const file = workspace.envFiles.get(resolve(path));
  if (file === undefined) return [];
  const resolved = resolveEnvEntries(file.entries, workspace.lookup);
  return file.entries.flatMap((entry): Finding[] => {
    const text = resolved.get(entry);
    if (text === undefined) return [];
    const { name } = entry;
    const verdict = judgeVariable({ name, text, interpolated: false }, workspace.lookup, detector);
    if (verdict === undefined) return [];
    const place = { file: file.path, line: entry.line, column: entry.column };
    const where = { place, service, variable: name, source: "env file" } as const;
    return [{ ...verdict, ...where, effective: true, edits: [] }];
  });
}

function findInEnvironment(
  { workspace, detector, seen }: Search,
  compose: LoadedCompose["compose"],
  { service, variable }: { readonly service: ComposeService; readonly variable: SetVariable },
): Finding[] {
  const { name, text, node, inList } = variable;
  seen.add(node);
  const verdict = judgeVariable({ name, text, interpolated: true }, workspace.lookup, detector);
  if (verdict === undefined) return [];
  const replacement = inList ? `${name}=${reference(name)}` : reference(name);
  return [
    {
      ...verdict,
      place: compose.placeOf(offsetOf(node)),
      service: service.name,
      variable: name,
      source: "environment",
      effective: true,
      edits: verdict.plaintext ? [replaceScalar(compose, node, replacement)] : [],
    },
  ];
}

/** The top-level `secrets`: each is a credential by its very nature, for every service that mounts it. */
export function findInSecrets(search: Search, { compose, services }: LoadedCompose): Finding[] {
  const { workspace, seen } = search;
  return entriesOf(compose, valueOf(compose, compose.root, "secrets")).flatMap(({ key, value }) => {
    const content = valueOf(compose, value, "content");
    const file = scalarText(valueOf(compose, value, "file"));
    const variable = scalarText(valueOf(compose, value, "environment"));
    const mounted = services.filter((service) => service.grants.includes(key));
    const users = mounted.length === 0 ? [undefined] : mounted.map((service) => service.name);
    const offset = offsetOf(content ?? value ?? compose.root);
    const common = { variable: asVariable(key), kind: "a secret of the Compose file" };
    const finding = (
      text: string | undefined,
      rest: Pick<Finding, "source" | "plaintext" | "edits" | "place">,
    ) =>
      users.map((service): Finding => ({
        ...{ ...common, ...rest, service, effective: true },
        value: text === undefined ? undefined : new SecretText(text),
        placeholder: text !== undefined && isPlaceholder(text),
        secrets: text === undefined || text === "" ? [] : [new SecretText(text)],
      }));
    const here = { place: compose.placeOf(offset), source: "secret content", edits: [] } as const;
    if (isScalar(content)) {
      seen.add(content);
      const { text, unset } = expand(textOf(content), workspace.lookup);
      const edits = [replaceScalar(compose, content, reference(asVariable(key)))];
      const plaintext = expand(textOf(content), () => undefined).text.trim() !== "";
      return finding(unset.length > 0 ? undefined : text.replace(/\n$/, ""), {
        ...{ ...here, plaintext, edits: plaintext ? edits : [] },
      });
    }
    if (variable !== undefined)
      return finding(workspace.lookup(variable), { ...here, plaintext: false });
    if (file === undefined) return [];
    const path = join(dirname(compose.path), file);
    const read = readSource(path);
    if ("problem" in read) return finding(undefined, { ...here, plaintext: false });
    const place = { file: path, line: 1, column: 1 };
    return finding(read.text.replace(/\r?\n$/, ""), {
      ...here,
      place,
      source: "secret file",
      plaintext: true,
    });
  });
}
