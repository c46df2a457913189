import type { Cluster } from "../cluster/controllers";
import { titleOf, type KubernetesApi, type KubernetesObject } from "../kubernetes-api";
import { waitFor } from "../processes";

interface Workload extends KubernetesObject {
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly labels?: Readonly<Record<string, string>> };
      readonly spec: Readonly<Record<string, unknown>>;
    };
  };
}

/** A pod as its controller would make it, also of a workload that rests at none. */
export function podsOf(objects: readonly KubernetesObject[]): KubernetesObject[] {
  return objects.filter(hasTemplate).map(({ metadata, spec: { template } }) => ({
    ...{ apiVersion: "v1", kind: "Pod" },
    metadata: {
      name: `${metadata.name}-tried`,
      ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
      ...(template.metadata.labels && { labels: template.metadata.labels }),
    },
    spec: template.spec,
  }));
}

function hasTemplate(object: KubernetesObject): object is Workload {
  return ["Deployment", "Rollout", "StatefulSet", "DaemonSet"].includes(object.kind);
}

/** Why the API server would not make the pod, or undefined. Nothing is made. */
export async function refusalOf(
  api: KubernetesApi,
  pod: KubernetesObject,
): Promise<string | undefined> {
  const folder = await api.collection({ ...pod, namespace: pod.metadata.namespace ?? "default" });
  const path = `${folder}?dryRun=All&fieldValidation=Strict`;
  const { status, text } = await api.send({ method: "POST", path, body: pod });
  if (status === 201) return undefined;
  return (JSON.parse(text) as { readonly message: string }).message;
}

/** Gives how many pods were judged. @throws Error with what is not admitted. */
export async function judgePods(
  { api, programs, controllerManager }: Cluster,
  objects: readonly KubernetesObject[],
): Promise<number> {
  const pods = podsOf(objects);
  const needs = [...programs, controllerManager];
  for (const pod of pods) {
    let why: string | undefined;
    // A quota refuses until its controller has counted.
    const wait = { what: `the quotas around ${titleOf(pod)}`, seconds: 30, needs };
    await waitFor(wait, async () => {
      why = await refusalOf(api, pod);
      return why?.includes("status unknown for quota") ? undefined : true;
    });
    if (why !== undefined) throw new Error(`${titleOf(pod)} is not admitted: ${why}`);
  }
  return pods.length;
}
