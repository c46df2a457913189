export { ImageRegistry } from "./image-registry";
export type { ImageRegistryArgs, PullThroughCache } from "./args";
export { pullThroughPolicy } from "./policies";
export { cacheNamespace, type ImageCache, pullThroughImage, type Upstream } from "./upstreams";
