import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ImageRegistrySpec } from "./args";
import { creationPolicy, type CreationScope, creationTrustPolicy } from "./policies";

/** True if ECR creates repositories by itself: of its caches, or of copies that nobody declared. */
export function createsRepositories(spec: ImageRegistrySpec): boolean {
  return spec.pullThroughCaches.length > 0 || spec.replicaRegion !== undefined;
}

/** Role that ECR takes to create a repository with a key and tags. */
export function createCreationRole(
  name: string,
  spec: ImageRegistrySpec,
  owned: pulumi.CustomResourceOptions,
): aws.iam.Role {
  return new aws.iam.Role(
    `${name}-creation-role`,
    {
      description: `Lets ECR create repositories of ${spec.namespace}`,
      assumeRolePolicy: JSON.stringify(creationTrustPolicy),
      ...(spec.permissionsBoundaryArn !== undefined && {
        permissionsBoundary: spec.permissionsBoundaryArn,
      }),
      tags: spec.tags,
    },
    owned,
  );
}

interface CreationPolicyArgs {
  /** Start of the child's name. */
  readonly name: string;
  readonly accountId: string;
  readonly role: aws.iam.Role;
  readonly scopes: readonly CreationScope[];
}

export function createCreationPolicy(
  { name, accountId, role, scopes }: CreationPolicyArgs,
  owned: pulumi.CustomResourceOptions,
): aws.iam.RolePolicy {
  return new aws.iam.RolePolicy(
    `${name}-creation-policy`,
    { role: role.name, policy: pulumi.jsonStringify(creationPolicy(accountId, scopes)) },
    owned,
  );
}
