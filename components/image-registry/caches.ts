import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type ImageRegistrySpec, type PullThroughCache, upstreamOf } from "./args";
import { planCacheLifecycle } from "./lifecycle";
import { cachePrefix, upstreamUrl } from "./upstreams";

/** What ECR needs to create a repository as the platform wants it. */
export interface Creation {
  readonly keyArn: pulumi.Input<string>;
  readonly roleArn: pulumi.Input<string>;
  /** What the role may do; until then ECR creates nothing. */
  readonly policy: pulumi.Resource;
}

interface CachesArgs extends Creation {
  /** Start of the children's names. */
  readonly name: string;
  readonly spec: ImageRegistrySpec;
}

/**
 * A cache per upstream registry. ECR creates its repositories at the first pull, as the template says; a change of the
 * template reaches those created after it alone.
 */
export function createCaches(
  { name, spec, keyArn, roleArn, policy }: CachesArgs,
  owned: pulumi.CustomResourceOptions,
): void {
  const lifecyclePolicy = JSON.stringify(planCacheLifecycle(spec.cacheDays));
  for (const cache of spec.pullThroughCaches) {
    const upstream = upstreamOf(cache);
    const prefix = cachePrefix(spec.namespace, upstream);
    const template = new aws.ecr.RepositoryCreationTemplate(
      `${name}-template-${upstream}`,
      {
        region: spec.region,
        prefix,
        description: `Images of ${upstream}`,
        appliedFors: ["PULL_THROUGH_CACHE"],
        customRoleArn: roleArn,
        encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: keyArn }],
        imageTagMutability: "IMMUTABLE",
        lifecyclePolicy,
        resourceTags: spec.tags,
      },
      owned,
    );
    new aws.ecr.PullThroughCacheRule(
      `${name}-cache-${upstream}`,
      {
        region: spec.region,
        ecrRepositoryPrefix: prefix,
        upstreamRegistryUrl: upstreamUrl(upstream),
        ...credentials(cache),
      },
      { ...owned, dependsOn: [template, policy] },
    );
  }
}

function credentials(cache: PullThroughCache): { credentialArn?: pulumi.Input<string> } {
  return typeof cache === "string" ? {} : { credentialArn: cache.credentialArn };
}
