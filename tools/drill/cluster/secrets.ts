import type { KubernetesApi, KubernetesObject } from "../kubernetes-api";

interface Container {
  readonly env?: readonly {
    readonly valueFrom?: {
      readonly secretKeyRef?: { readonly name: string; readonly key: string };
    };
  }[];
}

interface WithPods extends KubernetesObject {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly containers: readonly Container[];
        readonly initContainers?: readonly Container[];
      };
    };
  };
}

/**
 * Secrets that pods name, with any value: no store is here to sync them from, and KEDA does not scale what names a
 * Secret that is missing.
 */
export async function standInSecrets(
  api: KubernetesApi,
  objects: readonly KubernetesObject[],
): Promise<void> {
  for (const secret of secretsNamedBy(objects)) await api.apply(secret);
}

export function secretsNamedBy(objects: readonly KubernetesObject[]): KubernetesObject[] {
  const found = new Map<string, Secret>();
  for (const object of objects.filter(hasPods))
    for (const { name, key } of referencesOf(object)) {
      const namespace = object.metadata.namespace ?? "default";
      const id = `${namespace}/${name}`;
      const secret = found.get(id) ?? {
        ...{ apiVersion: "v1", kind: "Secret", metadata: { name, namespace } },
        stringData: {},
      };
      found.set(id, { ...secret, stringData: { ...secret.stringData, [key]: "drill" } });
    }
  return [...found.values()];
}

interface Secret extends KubernetesObject {
  readonly stringData: Readonly<Record<string, string>>;
}

function hasPods(object: KubernetesObject): object is WithPods {
  return object.kind === "Deployment" || object.kind === "Rollout";
}

function referencesOf({ spec }: WithPods): { readonly name: string; readonly key: string }[] {
  const { containers, initContainers = [] } = spec.template.spec;
  return [...initContainers, ...containers].flatMap(({ env = [] }) =>
    env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? []),
  );
}
