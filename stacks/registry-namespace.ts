import type { ServiceRecord } from "../components/shared/service-record";

/** Namespace of the platform's repositories in the account's registry: a contract with the delivery pipelines. */
export const registryNamespace = "auterity";

/** A release in images.lock.json: the same in every account and region, since its digest is. */
export function releaseKey(
  { image }: Pick<ServiceRecord, "image">,
  { digest }: { readonly digest: string },
): string {
  return `${registryNamespace}/${image}@${digest}`;
}
