import type { KubernetesApi, KubernetesObject } from "../kubernetes-api";

interface ScaledObject extends KubernetesObject {
  readonly spec: {
    readonly scaleTargetRef: { readonly kind?: string; readonly name: string };
    readonly minReplicaCount?: number;
  };
}

function isScaledObject(object: KubernetesObject): object is ScaledObject {
  return object.kind === "ScaledObject";
}

interface Sized extends KubernetesObject {
  readonly spec: { readonly replicas?: number };
}

/** Where nobody scales, workloads that leave their size to the autoscaler get its floor. */
export async function holdFloors(
  api: KubernetesApi,
  objects: readonly KubernetesObject[],
): Promise<void> {
  for (const { metadata, spec } of objects.filter(isScaledObject)) {
    const target = objects.find(
      (object): object is Sized =>
        object.kind === (spec.scaleTargetRef.kind ?? "Deployment") &&
        object.metadata.namespace === metadata.namespace &&
        object.metadata.name === spec.scaleTargetRef.name,
    );
    if (target === undefined || target.spec.replicas !== undefined) continue;
    await api.patch(target, { spec: { replicas: spec.minReplicaCount ?? 0 } }, "scale");
  }
}
