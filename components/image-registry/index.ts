export { ImageRegistry } from "./image-registry";
export type { ImageRegistryArgs, PullThroughCache } from "./args";
export { pullThroughPolicy } from "./policies";
export { type ImageCache, pullThroughImage, type Upstream } from "./upstreams";
