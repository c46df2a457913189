import { assignedIn } from "../shared/assignments";
import { cisEks } from "../shared/frameworks";
import { credentialIn, isCredentialName, isReference } from "../shared/credentials";
import { isTree } from "../shared/is-tree";
import { snapshot } from "../shared/known";
import { manifestsOf, podOwners, podsOf } from "../shared/pods";
import { onResource, resourceRule } from "../shared/rule";
import { listAt, textAt, valueAt } from "../shared/tree";

const lists = ["initContainers", "containers", "ephemeralContainers"] as const;
const configMaps = ["", "List", "Patch"].map((kind) => `kubernetes:core/v1:ConfigMap${kind}`);

/** A text in the clear, and what may be said of where it stands. */
interface Place {
  readonly path: string;
  /** Undefined where the name says nothing, as that of an argument or a file. */
  readonly name?: string;
  readonly text: string;
}

export const secretNoPlaintext = resourceRule({
  name: "secret-no-plaintext",
  description:
    "No credential stands in an environment variable, an argument, a ConfigMap or the values of a chart.",
  reach: "everywhere",
  severity: "critical",
  framework: cisEks("4.4.2", "Consider external secret storage"),
  tags: ["cis-eks:4.4.2", "kube-linter:env-var-secret"],
  remediationSteps: "Put the value into Secrets Manager, and refer to the Secret that carries it.",
  url: "https://kubernetes.io/docs/concepts/configuration/secret/",
  settings: {},
  checks: [
    onResource(podOwners, ({ type, props, report }) => {
      for (const { path, spec } of podsOf(type, props))
        for (const place of placesInPod(path, spec)) judge(place, report);
    }),
    onResource(configMaps, ({ props, report }) => {
      for (const { at, manifest } of manifestsOf(props))
        for (const key of ["data", "binaryData"]) {
          const path = at === "" ? key : `${at}.${key}`;
          for (const place of entriesOf(valueAt(manifest, key), path)) judge(place, report);
        }
    }),
    onResource(
      ["kubernetes:helm.sh/v3:Release", "kubernetes:helm.sh/v4:Chart"],
      ({ props, report }) => {
        for (const place of placesInValues(
          snapshot(() => props["values"]),
          "values",
        ))
          judge(place, report);
      },
    ),
    onResource(["aws:lambda/function:Function"], ({ props, report }) => {
      const variables = valueAt(
        snapshot(() => props["environment"]),
        "variables",
      );
      for (const place of entriesOf(variables, "environment.variables")) judge(place, report);
    }),
  ],
});

function judge({ path, name, text }: Place, report: (message: string) => void): void {
  if (text === "" || isReference(text)) return;
  const what = credentialIn(text) ?? (isFile(text) ? assignedIn(text) : undefined);
  if (what !== undefined) report(`${path}: holds ${what}`);
  else if (name !== undefined && isCredentialName(name) && !/^(true|false|\d{1,5})$/i.test(text))
    report(`${path}: has the name of a credential, and its value in the clear`);
}

/** A ConfigMap's entry of several lines is a file, whose lines name values of their own. */
function isFile(text: string): boolean {
  return /\n|:\s/.test(text);
}

function placesInPod(path: string, spec: unknown): Place[] {
  // The runner of a load test has its variables where a pod has its containers.
  const inContainers = lists.flatMap((list) =>
    listAt(spec, list).flatMap((container, index) => {
      const here = `${path}.${list}[${textAt(container, "name") ?? index}]`;
      return [...variablesOf(container, here), ...argumentsOf(container, here)];
    }),
  );
  return [...variablesOf(spec, path), ...inContainers];
}

function variablesOf(container: unknown, path: string): Place[] {
  return listAt(container, "env").flatMap((variable, index) => {
    const [name, text] = [textAt(variable, "name"), textAt(variable, "value")];
    if (text === undefined) return [];
    return [{ path: `${path}.env[${name ?? index}]`, ...(name !== undefined && { name }), text }];
  });
}

function argumentsOf(container: unknown, path: string): Place[] {
  return ["command", "args"].flatMap((list) =>
    listAt(container, list).flatMap((item, index) =>
      typeof item === "string" ? [{ path: `${path}.${list}[${index}]`, text: item }] : [],
    ),
  );
}

function entriesOf(map: unknown, path: string): Place[] {
  if (!isTree(map)) return [];
  return Object.entries(map).flatMap(([name, text]) =>
    typeof text === "string" ? [{ path: `${path}.${name}`, name, text }] : [],
  );
}

/** Charts name their settings freely: of names only those count that end in what a credential is called. */
const credentialKey =
  /(password|passphrase|token|(api|access|secret|private)[_-]?key|client[_-]?secret)$/i;

function placesInValues(value: unknown, path: string): Place[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => placesInValues(item, `${path}[${index}]`));
  if (typeof value === "string") return [{ path, text: value }];
  if (!isTree(value)) return [];
  const variable = variablesOf({ env: [value] }, path);
  if (variable.length > 0 && textAt(value, "name") !== undefined)
    return variable.map((place) => ({ ...place, path: `${path}.value` }));
  return Object.keys(value).flatMap((key) => {
    const item = value[key];
    return typeof item === "string" && credentialKey.test(key)
      ? [{ path: `${path}.${key}`, name: "password", text: item }]
      : placesInValues(item, `${path}.${key}`);
  });
}
