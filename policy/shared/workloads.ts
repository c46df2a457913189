import { matchesSegments } from "./pattern";
import { isTree } from "./is-tree";
import type { Pod } from "./pods";
import { listAt, textAt, valueAt } from "./tree";

/** What keeps a number of pods running. */
export const replicatedWorkloads: readonly string[] = [
  "kubernetes:apps/v1:Deployment",
  "kubernetes:apps/v1:StatefulSet",
  "kubernetes:argoproj.io/v1alpha1:Rollout",
];

/** What runs until somebody ends it. */
export const longRunningWorkloads: readonly string[] = [
  ...replicatedWorkloads,
  "kubernetes:apps/v1:DaemonSet",
];

/** A container with what it says of itself. */
interface ContainerOf {
  readonly path: string;
  readonly container: unknown;
  /** It ends before the others start, or runs beside them from before their start. */
  readonly isInit: boolean;
}

export function containersOf({ path, spec }: Pick<Pod, "path" | "spec">): ContainerOf[] {
  return (["initContainers", "containers"] as const).flatMap((list) =>
    listAt(spec, list).map((container, index) => ({
      path: `${path}.${list}[${textAt(container, "name") ?? index}]`,
      container,
      isInit: list === "initContainers",
    })),
  );
}

/** Namespace of a manifest; Kubernetes puts what names none into `default`. Undefined where a preview does not know it. */
export function namespaceOf(metadata: unknown): string | undefined {
  const namespace = valueAt(metadata, "namespace");
  if (namespace === undefined || namespace === "") return "default";
  return typeof namespace === "string" ? namespace : undefined;
}

/** Whether all labels that are asked for are there. An empty selector asks for none and takes everything. */
export function selects(wanted: unknown, labels: unknown): boolean {
  return (
    isTree(wanted) && Object.entries(wanted).every(([key, value]) => valueAt(labels, key) === value)
  );
}

/** Whether labels hold one of `KEY=VALUE`. */
export function carriesOne(pairs: readonly string[], labels: unknown): boolean {
  return pairs.some((pair) => {
    const split = pair.indexOf("=");
    return textAt(labels, pair.slice(0, split)) === pair.slice(split + 1);
  });
}

export function isListed(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => matchesSegments(pattern, text));
}
