import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ImageRegistrySpec } from "./args";
import { planReleaseLifecycle } from "./lifecycle";
import { pullPolicy } from "./policies";

/** The services' repositories of one region. */
export interface RepositoriesArgs {
  /** Start of the children's names. */
  readonly name: string;
  readonly spec: ImageRegistrySpec;
  readonly region: string;
  readonly keyArn: pulumi.Input<string>;
}

/** A repository per service, by service: immutable tags, scanned when pushed, encrypted with the registry's key. */
export function createRepositories(
  { name, spec, region, keyArn }: RepositoriesArgs,
  owned: pulumi.CustomResourceOptions,
): ReadonlyMap<string, aws.ecr.Repository> {
  const lifecycle = JSON.stringify(planReleaseLifecycle(spec.keepReleases, spec.untaggedDays));
  const repositories = new Map<string, aws.ecr.Repository>();
  for (const service of spec.repositories) {
    const repository = new aws.ecr.Repository(
      `${name}-repository-${service}`,
      {
        region,
        name: `${spec.namespace}/${service}`,
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: keyArn }],
        tags: spec.tags,
      },
      { ...owned, protect: spec.protect },
    );
    new aws.ecr.LifecyclePolicy(
      `${name}-lifecycle-${service}`,
      { region, repository: repository.name, policy: lifecycle },
      owned,
    );
    if (spec.pullAccountIds.length > 0)
      new aws.ecr.RepositoryPolicy(
        `${name}-pull-${service}`,
        {
          region,
          repository: repository.name,
          policy: JSON.stringify(pullPolicy(spec.pullAccountIds)),
        },
        owned,
      );
    repositories.set(service, repository);
  }
  return repositories;
}
