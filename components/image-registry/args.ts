import type * as pulumi from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import {
  type AnonymousUpstream,
  cachePrefix,
  isUpstream,
  needsCredentials,
  type Upstream,
  upstreamRegistries,
} from "./upstreams";

/** A registry to cache: its name, with credentials where ECR asks for them. */
export type PullThroughCache =
  | AnonymousUpstream
  | {
      readonly upstream: Exclude<Upstream, AnonymousUpstream>;
      /** Secret of this account and region, named `ecr-pullthroughcache/…`, with `username` and `accessToken`. */
      readonly credentialArn: pulumi.Input<string>;
    };

export interface ImageRegistryArgs {
  /** Region of the registry. */
  region: string;
  /** Account of the registry, 12 digits; "unassigned" in the plan of an environment that has none yet. */
  accountId: string;
  /** First part of every repository's name, which deployments outside this program rely on. */
  namespace: string;
  /**
   * Names of the services, a repository for each. Physical names, so one program per account and region owns them:
   * a second environment there, and one that lives off the replicas in its region, passes an empty list.
   */
  repositories: readonly string[];
  /** Images pushed from now on are copied here, into repositories with the same guarantees. Default: no copies. */
  replicaRegion?: string;
  /** Registries whose images are pulled through this one. Default: none. */
  pullThroughCaches?: readonly PullThroughCache[];
  /** Accounts that may pull the services' images, beside this one. Default: none. */
  pullAccountIds?: readonly string[];
  /**
   * Scans all images of the account in this region and the replica's, caches included: BASIC once at the push, ENHANCED
   * continuously, billed per image by Amazon Inspector. Default: the services' repositories at the push alone.
   */
  registryScanning?: "BASIC" | "ENHANCED";
  /**
   * True if this program owns the settings of which an account has one per region, replication rules and scanning, and
   * replaces whatever they were. Needed for `replicaRegion` and `registryScanning`. Default: false.
   */
  ownsRegistrySettings?: boolean;
  /** Tagged images kept per service, so that a roll-back finds them: a month of three releases a day. Default: 100. */
  keepReleases?: number;
  /** Days that an image without a tag, such as the rest of a failed push, is kept. Default: 14. */
  untaggedDays?: number;
  /** Days that a cached image is kept once fetched; the first pull after that needs its registry again. Default: 90. */
  cacheDays?: number;
  /** Policy that bounds the role with which ECR creates repositories. Default: none. */
  permissionsBoundaryArn?: pulumi.Input<string>;
  /** Repositories and keys refuse to be deleted. Default: true. */
  protect?: boolean;
  /** Default: none. */
  tags?: Readonly<Record<string, string>>;
}

export const imageRegistryDefaults = {
  pullThroughCaches: [],
  pullAccountIds: [],
  ownsRegistrySettings: false,
  keepReleases: 100,
  untaggedDays: 14,
  cacheDays: 90,
  protect: true,
  tags: {},
} as const;

export type ImageRegistrySpec = Required<
  Omit<ImageRegistryArgs, "replicaRegion" | "registryScanning" | "permissionsBoundaryArn">
> &
  Pick<ImageRegistryArgs, "replicaRegion" | "registryScanning" | "permissionsBoundaryArn">;

export function upstreamOf(cache: PullThroughCache): Upstream {
  return typeof cache === "string" ? cache : cache.upstream;
}

export function resolveImageRegistryArgs(name: string, args: ImageRegistryArgs): ImageRegistrySpec {
  const spec: ImageRegistrySpec = { ...imageRegistryDefaults, ...args };
  const problems = [
    ...locationProblems(spec),
    ...repositoryProblems(spec),
    ...cacheProblems(spec),
    ...accountProblems(spec),
    ...settingsProblems(spec),
    ...retentionProblems(spec),
  ];
  if (problems.length > 0) throw new ArgsError("ImageRegistry", name, problems);
  return spec;
}

const regionShape = /^[a-z]{2}(-[a-z]+)+-\d$/;

function locationProblems({ region, accountId, replicaRegion }: ImageRegistrySpec): string[] {
  const problems: string[] = [];
  const regionNeed = "need a region such as us-west-2";
  if (!regionShape.test(region)) problems.push(`region: got "${region}", ${regionNeed}`);
  if (!/^(\d{12}|unassigned)$/.test(accountId))
    problems.push(`accountId: got "${accountId}", need 12 digits or "unassigned"`);
  if (replicaRegion !== undefined && !regionShape.test(replicaRegion))
    problems.push(`replicaRegion: got "${replicaRegion}", ${regionNeed}`);
  if (replicaRegion === region)
    problems.push(`replicaRegion: got "${replicaRegion}", need another region than region`);
  return problems;
}

/** One path component of a repository name. @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
const nameShape = /^[a-z0-9]+([._-][a-z0-9]+)*$/;
const nameNeed =
  "need lower-case letters and digits, parted by single dots, hyphens or underscores";
const longestRepositoryName = 256;

function repositoryProblems({
  namespace,
  repositories,
  pullThroughCaches,
}: ImageRegistrySpec): string[] {
  const problems: string[] = [];
  if (!nameShape.test(namespace)) problems.push(`namespace: got "${namespace}", ${nameNeed}`);
  for (const repository of repositories) {
    const path = `repositories "${repository}"`;
    if (!nameShape.test(repository)) problems.push(`${path}: ${nameNeed}`);
    const { length } = `${namespace}/${repository}`;
    if (length > longestRepositoryName)
      problems.push(
        `${path}: got ${length} characters with the namespace, need at most ${longestRepositoryName}`,
      );
  }
  for (const twice of repeated(repositories))
    problems.push(`repositories "${twice}": given more than once, need distinct names`);
  if (repositories.length === 0 && pullThroughCaches.length === 0)
    problems.push("repositories: got none and no pullThroughCaches, need at least one of either");
  return problems;
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html */
const longestCachePrefix = 30;
const credentialShape =
  /^arn:aws:secretsmanager:[a-z0-9-]+:[^:]+:secret:ecr-pullthroughcache\/[\w/+=.@-]+$/;

function cacheProblems({ namespace, pullThroughCaches }: ImageRegistrySpec): string[] {
  const upstreams = pullThroughCaches.map(upstreamOf);
  const problems = repeated(upstreams).map(
    (twice) => `pullThroughCaches "${twice}": given more than once, need distinct registries`,
  );
  for (const cache of pullThroughCaches) {
    const upstream: string = upstreamOf(cache);
    const path = `pullThroughCaches "${upstream}"`;
    if (!isUpstream(upstream)) {
      problems.push(`${path}: need one of ${Object.keys(upstreamRegistries).join(", ")}`);
      continue;
    }
    const prefix = cachePrefix(namespace, upstream);
    if (prefix.length > longestCachePrefix)
      problems.push(
        `${path}: its prefix ${prefix} has ${prefix.length} characters, need at most ${longestCachePrefix}; shorten namespace`,
      );
    problems.push(...credentialProblems(path, cache));
  }
  return problems;
}

function credentialProblems(path: string, cache: PullThroughCache): string[] {
  if (typeof cache === "string")
    return needsCredentials(cache)
      ? [`${path}: got no credentialArn, need the secret with which ECR signs in there`]
      : [];
  if (typeof cache.credentialArn === "string" && !credentialShape.test(cache.credentialArn))
    return [`${path}: credentialArn is no ARN of a secret named ecr-pullthroughcache/…`];
  return [];
}

function accountProblems({ accountId, pullAccountIds, repositories }: ImageRegistrySpec): string[] {
  const problems = repeated(pullAccountIds).map(
    (twice) => `pullAccountIds "${twice}": given more than once, need distinct accounts`,
  );
  for (const id of pullAccountIds) {
    if (!/^\d{12}$/.test(id)) problems.push(`pullAccountIds "${id}": need 12 digits`);
    if (id === accountId)
      problems.push(`pullAccountIds "${id}": is this account, which IAM lets pull already`);
  }
  if (pullAccountIds.length > 0 && repositories.length === 0)
    problems.push("pullAccountIds: got some and no repositories, need a repository to pull from");
  return problems;
}

function settingsProblems(spec: ImageRegistrySpec): string[] {
  const problems: string[] = [];
  const { replicaRegion, registryScanning, ownsRegistrySettings, repositories } = spec;
  const owner = "need ownsRegistrySettings, since an account has one such setting per region";
  if (!ownsRegistrySettings) {
    if (replicaRegion !== undefined)
      problems.push(`replicaRegion: got "${replicaRegion}", ${owner}`);
    if (registryScanning !== undefined)
      problems.push(`registryScanning: got "${registryScanning}", ${owner}`);
  } else if (replicaRegion === undefined && registryScanning === undefined)
    problems.push("ownsRegistrySettings: got true, need replicaRegion or registryScanning to own");
  if (replicaRegion !== undefined && repositories.length === 0)
    problems.push(`replicaRegion: got "${replicaRegion}" and no repositories, need one to copy`);
  return problems;
}

function retentionProblems(spec: ImageRegistrySpec): string[] {
  return (["keepReleases", "untaggedDays", "cacheDays"] as const)
    .filter((setting) => !Number.isInteger(spec[setting]) || spec[setting] < 1)
    .map((setting) => `${setting}: got ${spec[setting]}, need a whole number of at least 1`);
}

function repeated<T>(values: readonly T[]): T[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
