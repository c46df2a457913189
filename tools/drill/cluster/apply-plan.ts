import type { KubernetesApi, KubernetesObject } from "../kubernetes-api";

/** What others are made in or name when they are made, in this order; the rest follows in any. */
const first = [
  "CustomResourceDefinition",
  "Namespace",
  "PriorityClass",
  "StorageClass",
  "IngressClass",
  "ServiceAccount",
  "LimitRange",
  "ResourceQuota",
];

export function inOrder(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const rank = ({ kind }: KubernetesObject): number => {
    const place = first.indexOf(kind);
    return place < 0 ? first.length : place;
  };
  return [...objects].sort((a, b) => rank(a) - rank(b));
}

export interface Applied {
  /** Namespaces of planned objects that the plan does not make itself: it leaves that to a chart. */
  readonly madeNamespaces: readonly string[];
  readonly refused: readonly Refusal[];
}

interface Refusal {
  readonly object: KubernetesObject;
  readonly why: string;
}

/** Server-side apply of everything, strictly validated. */
export async function applyPlan(
  api: KubernetesApi,
  objects: readonly KubernetesObject[],
): Promise<Applied> {
  const madeNamespaces: string[] = [];
  for (const name of namespacesWithoutObject(objects)) {
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name } };
    if ((await api.read(namespace)) !== undefined) continue;
    await api.apply(namespace);
    madeNamespaces.push(name);
  }
  const refused: Refusal[] = [];
  for (const object of inOrder(objects))
    await api.apply(object).catch((error: unknown) => {
      refused.push({ object, why: error instanceof Error ? error.message : String(error) });
    });
  return { madeNamespaces, refused };
}

function namespacesWithoutObject(objects: readonly KubernetesObject[]): string[] {
  const planned = objects.filter(({ kind }) => kind === "Namespace").map((o) => o.metadata.name);
  const used = objects.flatMap(({ metadata }) => metadata.namespace ?? []);
  return [...new Set(used)].filter((name) => !planned.includes(name));
}
