import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { type StoreNetwork, storeNetworkProblems } from "../shared/store-network";
import {
  dailyWindowProblems,
  logRetentionProblems,
  storePlaceProblems,
  weeklyWindowProblems,
} from "../shared/store-place";
import { isBetween, repeated } from "../shared/record-workload";
import { storeEngines } from "../shared/versions";
import type { CacheUser } from "./access";

export interface MultiAzCacheArgs {
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  /** In AWS, unique in account and region; its nodes, users and logs are named after it. At most 40 characters. */
  readonly cacheName: string;
  /** As many subnets as zones: with two nodes or more, two or more. */
  readonly network: StoreNetwork;
  /** Such as "cache.m7g.large". */
  readonly nodeType: string;
  /** One that takes writes, and its replicas in other zones: 1 to 6. One alone has no failover. Default: 3. */
  readonly nodes?: number;
  /** By the name of the service. */
  readonly users: Readonly<Record<string, CacheUser>>;
  /** Alias of the key of the users' secrets, "alias/…". */
  readonly secretsKeyAlias: string;
  /** Told of memory, evictions, lag and load. */
  readonly alarmTopicArn: Input<string>;
  /** Days that a daily snapshot is kept, 0 to 35; 0 takes none. Default: 7. */
  readonly snapshotRetentionDays?: number;
  /** In UTC; apart from each other. Default: snapshot 07:00-08:00, maintenance sun:09:00-sun:10:00. */
  readonly windows?: { readonly snapshot: string; readonly maintenance: string };
  /** Of slow commands and of the engine. Default: 90. */
  readonly logRetentionDays?: number;
  /** Policy that bounds the rotation's role. Default: none. */
  readonly permissionsBoundaryArn?: Input<string>;
  /** Cache and key cannot be deleted, and a last snapshot is taken if they are. Default: true. */
  readonly protect?: boolean;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

const multiAzCacheDefaults = {
  nodes: 3,
  snapshotRetentionDays: 7,
  windows: { snapshot: "07:00-08:00", maintenance: "sun:09:00-sun:10:00" },
  logRetentionDays: 90,
  protect: true,
  tags: {},
} as const;

type Optional = "permissionsBoundaryArn";

export type MultiAzCacheSpec = Required<Omit<MultiAzCacheArgs, Optional>> &
  Pick<MultiAzCacheArgs, Optional>;

export const cachePort = 6379;

/** @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html */
const longestCacheName = 40;
const mostNodes = 6;
const longestSnapshotDays = 35;
const zonesForFailover = 2;

export function resolveMultiAzCacheArgs(name: string, args: MultiAzCacheArgs): MultiAzCacheSpec {
  const spec = { ...multiAzCacheDefaults, ...args };
  const problems = [
    ...storePlaceProblems(spec),
    ...nameProblems(spec),
    ...nodeProblems(spec),
    ...storeNetworkProblems(spec.network, spec.nodes > 1 ? zonesForFailover : 1),
    ...userProblems(spec),
    ...dailyWindowProblems("windows.snapshot", spec.windows.snapshot),
    ...weeklyWindowProblems("windows.maintenance", spec.windows.maintenance),
    ...logRetentionProblems(spec.logRetentionDays),
  ];
  if (!isBetween(spec.snapshotRetentionDays, 0, longestSnapshotDays))
    problems.push(
      `snapshotRetentionDays: got ${spec.snapshotRetentionDays}, need 0 to ${longestSnapshotDays}`,
    );
  if (problems.length > 0) throw new ArgsError("MultiAzCache", name, problems);
  return spec;
}

/** In AWS: letters, digits and hyphens, as the ids of caches and users. */
const idShape = /^[a-z]([a-z0-9]|-(?!-|$))*$/;

function nameProblems({ cacheName }: MultiAzCacheSpec): string[] {
  return idShape.test(cacheName) && cacheName.length <= longestCacheName
    ? []
    : [
        `cacheName: got "${cacheName}", need at most ${longestCacheName} lower-case letters, digits and single hyphens, beginning with a letter`,
      ];
}

function nodeProblems({ nodes, nodeType }: MultiAzCacheSpec): string[] {
  const problems: string[] = [];
  if (!isBetween(nodes, 1, mostNodes)) problems.push(`nodes: got ${nodes}, need 1 to ${mostNodes}`);
  if (!/^cache\.[a-z0-9]+\.[a-z0-9]+$/.test(nodeType))
    problems.push(`nodeType: got "${nodeType}", need a node type such as cache.m7g.large`);
  // Multi-AZ with failover is not offered for the first two. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
  else if (/^cache\.(t1|t2|m1|m2|c1)\./.test(nodeType))
    problems.push(
      `nodeType: got "${nodeType}", of a generation without failover or encryption in transit, need t3, t4g, or m5, m6g, m7g, r5, r6g, r7g and newer`,
    );
  return problems;
}

export function cacheUserId({ cacheName }: Pick<MultiAzCacheSpec, "cacheName">, user: string) {
  return `${cacheName}-${user}`;
}

function userProblems(spec: MultiAzCacheSpec): string[] {
  const entries = Object.entries(spec.users);
  if (entries.length === 0) return ["users: got none, need at least one; nobody else gets in"];
  const problems = repeated(entries.map(([, { secretName }]) => secretName)).map(
    (twice) => `users: got the secret "${twice}" twice, need one for each user`,
  );
  for (const [user, { secretName, keyPatterns = ["*"], channelPatterns = ["*"] }] of entries) {
    const id = cacheUserId(spec, user);
    if (user === "default" || !idShape.test(id) || id.length > longestCacheName)
      problems.push(
        `users.${user}: makes a user "${id}", need at most ${longestCacheName} lower-case letters, digits and single hyphens, and another name than default`,
      );
    if (!/^[A-Za-z0-9/_+=.@-]{1,512}$/.test(secretName))
      problems.push(`users.${user}.secretName: got "${secretName}", need the name of a secret`);
    for (const pattern of [...keyPatterns, ...channelPatterns])
      if (pattern === "" || /\s/.test(pattern))
        problems.push(`users.${user}: got the pattern "${pattern}", need one without spaces`);
    if (keyPatterns.length === 0)
      problems.push(`users.${user}.keyPatterns: got none, need at least one`);
  }
  if (!spec.secretsKeyAlias.startsWith("alias/"))
    problems.push(`secretsKeyAlias: got "${spec.secretsKeyAlias}", need alias/…`);
  return problems;
}

export const cacheEngine = storeEngines.valkey;
