import type { ChildOptions } from "../shared/child-options";
import type { MultiAzCacheSpec } from "./args";

/** What every part of the component works with. */
export interface CacheScope {
  /** Start of the children's names. */
  readonly name: string;
  readonly spec: MultiAzCacheSpec;
  readonly owned: ChildOptions;
}

/** In AWS. */
export function cacheNames(cacheName: string) {
  return {
    slowLog: `/aws/elasticache/${cacheName}/slow-log`,
    engineLog: `/aws/elasticache/${cacheName}/engine-log`,
    rotation: `${cacheName}-cache-users`,
    lastSnapshot: `${cacheName}-last`,
  } as const;
}
