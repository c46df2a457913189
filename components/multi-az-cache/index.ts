export { MultiAzCache } from "./multi-az-cache";
export type { CacheUser } from "./access";
export type { MultiAzCacheArgs } from "./args";
