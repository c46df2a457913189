import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ImageRegistrySpec } from "./args";
import { imageKeyPolicy } from "./policies";

interface ImageKeyArgs {
  /** Start of the child's name. */
  readonly name: string;
  readonly spec: ImageRegistrySpec;
  readonly region: string;
  /** Role that ECR takes to create repositories, if it does. */
  readonly creationRole: aws.iam.Role | undefined;
}

/** Key of all images of one region; rotated every year by KMS. */
export function createImageKey(
  { name, spec, region, creationRole }: ImageKeyArgs,
  owned: pulumi.CustomResourceOptions,
): aws.kms.Key {
  const location = { region, accountId: spec.accountId };
  return new aws.kms.Key(
    `${name}-key-${region}`,
    {
      region,
      description: `Images of ${spec.namespace} in ${region}`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: pulumi.jsonStringify(imageKeyPolicy(location, creationRole?.arn)),
      tags: spec.tags,
    },
    { ...owned, protect: spec.protect },
  );
}
