import type { ServiceRecord } from "../components/shared/service-record";
import { type Environment, unreleased } from "./environment";
import { registryNamespace } from "./registry-namespace";

export { registryNamespace } from "./registry-namespace";

/** Where the environment's nodes pull from: the registry of its own account and region. */
export function registryHost({ accountId, region }: Environment): string {
  return `${accountId}.dkr.ecr.${region}.amazonaws.com`;
}

/** Full reference by tag and digest; a service without a release gets the tag `unreleased`, which no policy lets pass. */
export function imageReference(environment: Environment, record: ServiceRecord): string {
  const repository = `${registryHost(environment)}/${registryNamespace}/${record.image}`;
  const version = environment.services.versions[record.name];
  return version === undefined || version === unreleased
    ? `${repository}:${unreleased}`
    : `${repository}:${version.tag}@${version.digest}`;
}
