import {
  charts,
  images,
  kubernetesVersionProblem,
  type KubernetesVersion,
} from "../components/shared/versions";
import type { Environment } from "./environment";

/** Where a chart comes from: its publisher, or the mirror that holds copies of all of them. */
export function chartOf({ chartMirror }: Environment, key: keyof typeof charts) {
  const { repository, version } = charts[key];
  return { version, repository: chartMirror === "none" ? repository : chartMirror };
}

/** An image that a chart runs, with its digest once the lock has it. */
export function imageOf({ lockedDigests }: Environment, key: keyof typeof images) {
  const { repository, tag } = images[key];
  const digest = lockedDigests[`${repository}:${tag}`];
  return { repository, tag, ...(digest !== undefined && { digest }) };
}

/** Of the cluster's minor, whose scheduler it simulates. */
export function clusterAutoscalerImage(environment: Environment) {
  return imageOf(environment, clusterAutoscalerImages[asMinor(environment)]);
}

const clusterAutoscalerImages = {
  "1.35": "clusterAutoscaler135",
  "1.36": "clusterAutoscaler136",
} as const satisfies Record<KubernetesVersion, keyof typeof images>;

function asMinor({ cluster: { kubernetesVersion } }: Environment): KubernetesVersion {
  const minor = Object.keys(clusterAutoscalerImages).find((known) => known === kubernetesVersion);
  if (minor === undefined) throw new Error(kubernetesVersionProblem(kubernetesVersion));
  return minor as KubernetesVersion;
}
