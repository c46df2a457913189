import { stringify } from "yaml";
import type { Registration } from "../offline/registration";
import { providerUrn } from "../policies/requests";
import { compareText } from "./graph";
import { isRecord, presentable, unknownMark } from "./values";

/** A file below the environment's folder. */
export interface PlannedFile {
  readonly path: string;
  readonly content: string;
}

/** Written files, and Kubernetes objects that two resources claim. */
export interface Manifests {
  readonly files: readonly PlannedFile[];
  readonly problems: readonly string[];
}

const notObjects = /^kubernetes:(helm\.sh|kustomize|yaml)\b/;
const release = "kubernetes:helm.sh/v3:Release";

/** One YAML file per Kubernetes object, as `kubectl apply` takes it, and one per Helm release with its values. */
export function writeManifests(
  registrations: readonly Registration[],
  preview: readonly Registration[],
): Manifests {
  const unknowns = new Map(
    preview.map((entry) => [entry.urn, unknownPaths(presentable(entry.inputs), "")]),
  );
  const files = new Map<string, { urn: string; file: PlannedFile }>();
  const problems: string[] = [];
  for (const entry of registrations) {
    const planned = planFile(entry, unknowns.get(entry.urn) ?? []);
    if (planned === undefined) continue;
    const key = `${providerUrn(entry.provider)} ${planned.path}`;
    const rival = files.get(key);
    if (rival === undefined) files.set(key, { urn: entry.urn, file: planned });
    else problems.push(`${entry.urn} and ${rival.urn} are the same object, ${planned.path}`);
  }
  const sorted = [...files.values()].map(({ file }) => file);
  return { files: sorted.sort((a, b) => compareText(a.path, b.path)), problems };
}

function planFile(entry: Registration, unknowns: readonly string[]): PlannedFile | undefined {
  if (!entry.custom || !entry.type.startsWith("kubernetes:")) return undefined;
  const inputs = presentable(entry.inputs) as Record<string, unknown>;
  if (entry.type === release) return releaseFile(entry.name, inputs);
  if (notObjects.test(entry.type)) return undefined;
  const kind = text(inputs["kind"]);
  if (kind === "") return undefined;
  const metadata = isRecord(inputs["metadata"]) ? inputs["metadata"] : {};
  const name = text(metadata["name"]) || entry.name;
  const manifest = { ...inputs, metadata: { ...metadata, name } };
  return {
    path: manifestPath({ apiVersion: text(inputs["apiVersion"]), kind, name, metadata }),
    content: standInNote(unknowns) + toYaml(orderManifest(manifest)),
  };
}

function releaseFile(fallbackName: string, inputs: Record<string, unknown>): PlannedFile {
  const name = text(inputs["name"]) || fallbackName;
  const namespace = text(inputs["namespace"]) || "default";
  return {
    path: `releases/${fileName(namespace)}/${fileName(name)}.yaml`,
    content: toYaml(sortKeys(inputs)),
  };
}

interface ObjectIdentity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly metadata: Record<string, unknown>;
}

/** Only what a file name may hold on every system. */
function fileName(value: string): string {
  return value.replace(/[^A-Za-z0-9._-]/g, "_");
}

function manifestPath({ apiVersion, kind, name, metadata }: ObjectIdentity): string {
  const namespace = text(metadata["namespace"]);
  const folder = namespace || (namespacedKinds.has(kind) ? "default" : "_cluster");
  // The group tells kinds of the same name apart; built-in kinds need none.
  const group =
    apiVersion.includes(".") && !apiVersion.includes("k8s.io") ? `.${groupOf(apiVersion)}` : "";
  return `manifests/${fileName(folder)}/${fileName(`${kind.toLowerCase()}${group}-${name}`)}.yaml`;
}

function groupOf(apiVersion: string): string {
  return apiVersion.split("/")[0] ?? "";
}

/** Built-in kinds that live in a namespace: without one they land in `default`. Other kinds without one are cluster-wide. */
const namespacedKinds = new Set([
  ...["ConfigMap", "Endpoints", "LimitRange", "PersistentVolumeClaim", "Pod", "PodTemplate"],
  ...["ReplicationController", "ResourceQuota", "Secret", "Service", "ServiceAccount"],
  ...["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet", "HorizontalPodAutoscaler"],
  ...["CronJob", "Job", "Lease", "EndpointSlice", "Ingress", "NetworkPolicy"],
  ...["PodDisruptionBudget", "Role", "RoleBinding"],
]);

const topLevelOrder = ["apiVersion", "kind", "metadata"];

function orderManifest(manifest: Record<string, unknown>): Record<string, unknown> {
  const rest = Object.keys(manifest).filter((key) => !topLevelOrder.includes(key));
  const keys = [...topLevelOrder.filter((key) => key in manifest), ...rest.sort(compareText)];
  return Object.fromEntries(keys.map((key) => [key, sortKeys(manifest[key])]));
}

function sortKeys(value: Record<string, unknown>): Record<string, unknown>;
function sortKeys(value: unknown): unknown;
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry: unknown) => sortKeys(entry));
  if (!isRecord(value)) return value;
  const keys = Object.keys(value).sort(nameFirst);
  return Object.fromEntries(keys.map((key) => [key, sortKeys(value[key])]));
}

function nameFirst(a: string, b: string): number {
  if (a === "name" || b === "name") return a === b ? 0 : a === "name" ? -1 : 1;
  return compareText(a, b);
}

/** Values of computed outputs are answers of the plan's own: whoever applies the file has to know which. */
function standInNote(paths: readonly string[]): string {
  if (paths.length === 0) return "";
  return `# Only a deployment knows these values; what stands here is a stand-in: ${paths.join(", ")}\n`;
}

function unknownPaths(value: unknown, path: string): string[] {
  if (value === unknownMark) return [path];
  if (Array.isArray(value))
    return value.flatMap((entry, index) => unknownPaths(entry, `${path}[${index}]`));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    unknownPaths(entry, path === "" ? key : `${path}.${key}`),
  );
}

function toYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
