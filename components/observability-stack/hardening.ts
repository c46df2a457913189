import { nodeClassLabel } from "../shared/node-classes";
import { pinnedTag } from "../shared/controller-chart";
import type { ComputeResources } from "../shared/service-record";
import type { PinnedImage } from "./args";

/** Of every container of the stack. */
export const noRights = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
};

/** Of every pod that needs nothing of its node. */
export function unprivileged(user: number) {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    seccompProfile: { type: "RuntimeDefault" },
  };
}

/** The nodes of the platform's own parts: services neither crowd the stack out nor are crowded out by it. */
export const onSystemNodes = { [nodeClassLabel]: "system" } as const;

/** Memory is limit and request alike: what takes more is a fault, and is told as one. */
export function resourcesOf({ cpu, memory }: ComputeResources) {
  return { requests: { cpu, memory }, limits: { memory } };
}

/** Of a single pod a budget could only block a drain. */
export function budgetOf(replicas: number, maxUnavailable = 1) {
  return replicas > 1
    ? { maxUnavailable, unhealthyPodEvictionPolicy: "AlwaysAllow" as const }
    : undefined;
}

/** A disk of the cluster's default class: encrypted with the cluster's key, made in the zone of its pod. */
export function claimOf(sizeGiB: number) {
  return {
    spec: {
      storageClassName: "gp3",
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: `${sizeGiB}Gi` } },
    },
  };
}

/** Charts spell the digest in four ways. */
export function imageByDigest({ repository, tag, digest }: PinnedImage) {
  return { ...located(repository), tag, ...(digest !== undefined && { digest }) };
}

/** `sha` with the algorithm before it. */
export function imageByFullSha({ repository, tag, digest }: PinnedImage) {
  return { ...located(repository), tag, ...(digest !== undefined && { sha: digest }) };
}

/** `sha` in bare hexadecimal digits. */
export function imageByBareSha({ repository, tag, digest }: PinnedImage) {
  const sha = digest?.slice(digest.indexOf(":") + 1);
  return { ...located(repository), tag, ...(sha !== undefined && { sha }) };
}

export function imageByTag(image: PinnedImage) {
  return { ...located(image.repository), tag: pinnedTag(image) };
}

function located(location: string): { registry: string; repository: string } {
  const slash = location.indexOf("/");
  return { registry: location.slice(0, slash), repository: location.slice(slash + 1) };
}
