import type { Cluster } from "../cluster/controllers";
import { titleOf, type KubernetesApi, type KubernetesObject } from "../kubernetes-api";
import { waitFor } from "../processes";

interface Workload extends KubernetesObject {
  readonly spec: {
    readonly replicas?: number;
    readonly template: {
      readonly metadata: { readonly labels?: Readonly<Record<string, string>> };
      readonly spec: Readonly<Record<string, unknown>>;
    };
  };
}

function hasTemplate(object: KubernetesObject): object is Workload {
  return ["Deployment", "Rollout", "StatefulSet", "DaemonSet"].includes(object.kind);
}

/** A pod as the workload's controller would make it. */
export function podOf({ metadata, spec: { template } }: Workload): KubernetesObject {
  const { namespace } = metadata;
  return {
    ...{ apiVersion: "v1", kind: "Pod" },
    metadata: {
      name: `${metadata.name}-tried`,
      ...(namespace !== undefined && { namespace }),
      ...(template.metadata.labels && { labels: template.metadata.labels }),
    },
    spec: template.spec,
  } as KubernetesObject;
}

export function workloadsOf(objects: readonly KubernetesObject[]): Workload[] {
  return objects.filter(hasTemplate);
}

/** Why the API server would not make the pod, or undefined. Nothing is made. */
export async function refusalOf(
  api: KubernetesApi,
  pod: KubernetesObject,
): Promise<string | undefined> {
  const { apiVersion, kind, metadata } = pod;
  const folder = await api.collection({
    ...{ apiVersion, kind },
    namespace: metadata.namespace ?? "default",
  });
  const path = `${folder}?dryRun=All&fieldValidation=Strict`;
  const { status, text } = await api.send({ method: "POST", path, body: pod });
  if (status === 201) return undefined;
  return (JSON.parse(text) as { readonly message: string }).message;
}

/**
 * All pods that controllers make have to be there; of a workload that has none, one is tried. Gives how many workloads.
 * @throws Error with what is not admitted.
 */
export async function judgePods(
  { api, programs, controllerManager }: Cluster,
  objects: readonly KubernetesObject[],
): Promise<number> {
  const workloads = workloadsOf(objects);
  const needs = [...programs, controllerManager];
  for (const workload of workloads) {
    const pod = podOf(workload);
    let why: string | undefined;
    // A quota refuses until its controller has counted; a refused controller tries again after seconds.
    const wait = { what: `the pods of ${titleOf(workload)}`, seconds: 60, needs };
    await waitFor(wait, async () => {
      if (await areMade(api, workload)) return true;
      why = await refusalOf(api, pod);
      return (wantedOf(workload) === 0 && why === undefined) || undefined;
    }).catch((error: unknown) => {
      throw new Error(`${titleOf(pod)} is not admitted: ${why ?? "nobody says why"}`, {
        cause: error,
      });
    });
  }
  return workloads.length;
}

/** What its controller makes; nobody makes those of a Rollout here. */
function wantedOf({ kind, spec }: Workload): number {
  return kind === "Rollout" ? 0 : (spec.replicas ?? 1);
}

async function areMade(api: KubernetesApi, workload: Workload): Promise<boolean> {
  const wanted = wantedOf(workload);
  if (wanted === 0) return false;
  const namespace = workload.metadata.namespace ?? "default";
  const pods = await api.list({ apiVersion: "v1", kind: "Pod", namespace });
  const labels = Object.entries(workload.spec.template.metadata.labels ?? {});
  const own = pods.filter(({ metadata }) =>
    labels.every(([key, value]) => metadata.labels?.[key] === value),
  );
  return own.length >= wanted;
}
