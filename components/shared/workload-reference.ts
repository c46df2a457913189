import type { ServiceRecord } from "./service-record";

/** What runs the pods of a service, as autoscalers and others in its namespace refer to it. */
export interface WorkloadReference {
  readonly apiVersion: "apps/v1" | "argoproj.io/v1alpha1";
  readonly kind: "Deployment" | "Rollout";
  readonly name: string;
}

/** Both have the subresource that scales them. */
export function workloadReference({
  name,
  rollout,
}: Pick<ServiceRecord, "name" | "rollout">): WorkloadReference {
  return rollout === "blue-green"
    ? { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name }
    : { apiVersion: "apps/v1", kind: "Deployment", name };
}
