import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ImageRegistrySpec } from "./args";
import type { Creation } from "./caches";
import { planReleaseLifecycle } from "./lifecycle";

interface ReplicationArgs extends Creation {
  /** Start of the children's names. */
  readonly name: string;
  readonly spec: ImageRegistrySpec;
  readonly replicaRegion: string;
  /** Repositories in the replica's region, which must be there before the first image is copied. */
  readonly replicas: Iterable<pulumi.Resource>;
}

/**
 * Copies every image that is pushed into the namespace. ECR copies images but no settings, so the repositories of the
 * replica are resources of their own; the template is for one that somebody else adds to the namespace.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
export function createReplication(
  { name, spec, replicaRegion, replicas, ...creation }: ReplicationArgs,
  owned: pulumi.CustomResourceOptions,
): void {
  const template = new aws.ecr.RepositoryCreationTemplate(
    `${name}-template-${replicaRegion}`,
    {
      region: replicaRegion,
      prefix: spec.namespace,
      description: `Replicas from ${spec.region}`,
      appliedFors: ["REPLICATION"],
      customRoleArn: creation.roleArn,
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: creation.keyArn }],
      imageTagMutability: "IMMUTABLE",
      lifecyclePolicy: JSON.stringify(planReleaseLifecycle(spec.keepReleases, spec.untaggedDays)),
      resourceTags: spec.tags,
    },
    owned,
  );
  new aws.ecr.ReplicationConfiguration(
    `${name}-replication`,
    {
      region: spec.region,
      replicationConfiguration: {
        rules: [
          {
            destinations: [{ region: replicaRegion, registryId: spec.accountId }],
            repositoryFilters: [{ filter: `${spec.namespace}/`, filterType: "PREFIX_MATCH" }],
          },
        ],
      },
    },
    { ...owned, dependsOn: [template, creation.policy, ...replicas] },
  );
}

const scanFrequency = { BASIC: "SCAN_ON_PUSH", ENHANCED: "CONTINUOUS_SCAN" } as const;

/** Scans every repository of the account, in each region where this registry keeps images. */
export function createScanning(
  name: string,
  spec: ImageRegistrySpec,
  owned: pulumi.CustomResourceOptions,
): void {
  const { region, replicaRegion, registryScanning } = spec;
  if (registryScanning === undefined) return;
  for (const scanned of replicaRegion === undefined ? [region] : [region, replicaRegion])
    new aws.ecr.RegistryScanningConfiguration(
      `${name}-scanning-${scanned}`,
      {
        region: scanned,
        scanType: registryScanning,
        rules: [
          {
            scanFrequency: scanFrequency[registryScanning],
            repositoryFilters: [{ filter: "*", filterType: "WILDCARD" }],
          },
        ],
      },
      owned,
    );
}
