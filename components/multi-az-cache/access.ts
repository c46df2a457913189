/** A user of the cache: a service, with the secret that its password is kept in. */
export interface CacheUser {
  /** In Secrets Manager; whoever owns the secret sets it to be rotated by `rotation`. */
  readonly secretName: string;
  /** Keys that it may use, such as "sessions:*". Default: ["*"], all. */
  readonly keyPatterns?: readonly string[];
  /** Channels on which it may publish and listen. Default: ["*"], all. */
  readonly channelPatterns?: readonly string[];
}

/**
 * What a client of a cache does: data, transactions, scripts, messages. Not what runs over every key (KEYS, SORT, FLUSHALL),
 * looks into other connections or changes the server: all of that is "dangerous" or "admin". INFO stays, as clients ask
 * for it before they call a connection ready.
 */
const commands = [
  "-@all",
  "+@read",
  "+@write",
  "+@connection",
  "+@transaction",
  "+@pubsub",
  "+@scripting",
  "-@admin",
  "-@dangerous",
  "+info",
];

/** In the order in which ElastiCache gives it back: another would be a difference in every preview. @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html */
export function accessString({ keyPatterns = ["*"], channelPatterns = ["*"] }: CacheUser): string {
  return [
    "on",
    ...keyPatterns.map((pattern) => `~${pattern}`),
    ...channelPatterns.map((pattern) => `&${pattern}`),
    ...commands,
  ].join(" ");
}

/** Of the user that every connection starts as: it may do nothing. */
export const lockedAccess = "off ~* -@all";
