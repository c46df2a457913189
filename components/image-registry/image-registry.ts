import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  type ImageRegistryArgs,
  type ImageRegistrySpec,
  resolveImageRegistryArgs,
  upstreamOf,
} from "./args";
import { createCaches } from "./caches";
import { createCreationPolicy, createCreationRole, createsRepositories } from "./creation-role";
import { createImageKey } from "./image-key";
import { createReplication, createScanning } from "./registry-settings";
import type { CreationScope } from "./policies";
import { createRepositories } from "./repositories";
import { cacheNamespace, type ImageCache, pullThroughImage } from "./upstreams";

/**
 * The platform's images: a repository per service, immutable, scanned and encrypted with a key of its own, copied to a
 * second region if wanted, and caches of the public registries that third-party images come from.
 */
export class ImageRegistry extends pulumi.ComponentResource {
  /** Host of the registry: first part of every image's name. */
  readonly registryHost: string;
  /** By service, the name of its images without tag: `HOST/NAMESPACE/SERVICE`. */
  readonly repositoryUrls: Readonly<Record<string, pulumi.Output<string>>>;
  /** Key that encrypts the images. */
  readonly keyArn: pulumi.Output<string>;
  /** Key of the copies; absent without `replicaRegion`. */
  readonly replicaKeyArn: pulumi.Output<string> | undefined;
  /** What is cached. */
  readonly cache: ImageCache;

  constructor(name: string, args: ImageRegistryArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveImageRegistryArgs(name, args);
    super("platform:delivery:ImageRegistry", name, spec, opts);

    const owned = { parent: this };

    const creationRole = createsRepositories(spec)
      ? createCreationRole(name, spec, owned)
      : undefined;
    const home = createStore({ name, spec, region: spec.region, creationRole }, owned);
    const replica =
      spec.replicaRegion === undefined
        ? undefined
        : createStore(
            { name: `${name}-replica`, spec, region: spec.replicaRegion, creationRole },
            owned,
          );
    if (creationRole !== undefined)
      createRepositoriesOnDemand({ name, spec, home, replica, creationRole }, owned);
    createScanning(name, spec, owned);

    this.keyArn = home.key.arn;
    this.replicaKeyArn = replica?.key.arn;
    this.registryHost = `${spec.accountId}.dkr.ecr.${spec.region}.amazonaws.com`;
    this.repositoryUrls = Object.fromEntries(
      Array.from(home.repositories, ([service, repository]) => [
        service,
        pulumi.interpolate`${this.registryHost}/${repository.name}`,
      ]),
    );
    this.cache = {
      registryHost: this.registryHost,
      namespace: spec.namespace,
      upstreams: spec.pullThroughCaches.map(upstreamOf),
    };
    this.registerOutputs({
      registryHost: this.registryHost,
      repositoryUrls: this.repositoryUrls,
      keyArn: this.keyArn,
      replicaKeyArn: this.replicaKeyArn,
    });
  }

  /** The same image, pulled through this registry; refused if the registry that it comes from has no cache. */
  pullThroughImage(image: string): string {
    return pullThroughImage(this.cache, image);
  }
}

/** What keeps images in one region. */
interface Store {
  readonly region: string;
  readonly key: aws.kms.Key;
  readonly repositories: ReadonlyMap<string, aws.ecr.Repository>;
}

interface StoreArgs {
  /** Start of the children's names. */
  readonly name: string;
  readonly spec: ImageRegistrySpec;
  readonly region: string;
  readonly creationRole: aws.iam.Role | undefined;
}

function createStore(args: StoreArgs, owned: pulumi.CustomResourceOptions): Store {
  const key = createImageKey(args, owned);
  const repositories = createRepositories({ ...args, keyArn: key.arn }, owned);
  return { region: args.region, key, repositories };
}

interface OnDemandArgs {
  readonly name: string;
  readonly spec: ImageRegistrySpec;
  readonly home: Store;
  readonly replica: Store | undefined;
  readonly creationRole: aws.iam.Role;
}

/** Caches and copies, for which ECR creates repositories by itself. */
function createRepositoriesOnDemand(
  { name, spec, home, replica, creationRole: role }: OnDemandArgs,
  owned: pulumi.CustomResourceOptions,
): void {
  const scopes: CreationScope[] = [];
  if (spec.pullThroughCaches.length > 0)
    scopes.push({
      region: home.region,
      namespace: cacheNamespace(spec.namespace),
      keyArn: home.key.arn,
    });
  if (replica !== undefined)
    scopes.push({ region: replica.region, namespace: spec.namespace, keyArn: replica.key.arn });
  const { accountId } = spec;
  const policy = createCreationPolicy({ name, accountId, role, scopes }, owned);

  const creation = { name, spec, roleArn: role.arn, policy };
  createCaches({ ...creation, keyArn: home.key.arn }, owned);
  if (replica !== undefined)
    createReplication(
      {
        ...creation,
        keyArn: replica.key.arn,
        replicaRegion: replica.region,
        replicas: replica.repositories.values(),
      },
      owned,
    );
}
