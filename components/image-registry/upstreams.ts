/** A public registry whose images ECR can cache. */
interface UpstreamRegistry {
  /** Last part of the cache's repository prefix. */
  readonly prefix: string;
  /** Address that ECR pulls from, where it is not the name that images carry. */
  readonly url?: string;
  /** True if ECR asks for credentials, also for public images. */
  readonly credentials: boolean;
}

/** By the name that images carry. @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html */
export const upstreamRegistries = {
  "public.ecr.aws": { prefix: "ecr-public", credentials: false },
  "registry.k8s.io": { prefix: "kubernetes", credentials: false },
  "quay.io": { prefix: "quay", credentials: false },
  "docker.io": { prefix: "docker-hub", url: "registry-1.docker.io", credentials: true },
  "ghcr.io": { prefix: "github", credentials: true },
} as const satisfies Record<string, UpstreamRegistry>;

export type Upstream = keyof typeof upstreamRegistries;

/** Upstreams that ECR pulls from without credentials. */
export type AnonymousUpstream = {
  [Name in Upstream]: (typeof upstreamRegistries)[Name]["credentials"] extends false ? Name : never;
}[Upstream];

/** Where third-party images are cached. */
export interface ImageCache {
  readonly registryHost: string;
  readonly namespace: string;
  /** Registries that have a cache. */
  readonly upstreams: readonly Upstream[];
}

export function isUpstream(registry: string): registry is Upstream {
  return Object.hasOwn(upstreamRegistries, registry);
}

export function upstreamUrl(upstream: Upstream): string {
  const registry: UpstreamRegistry = upstreamRegistries[upstream];
  return registry.url ?? upstream;
}

export function needsCredentials(upstream: Upstream): boolean {
  return upstreamRegistries[upstream].credentials;
}

/** Namespace of all caches: apart from the platform's own images, so that neither is replicated or expired as the other. */
export function cacheNamespace(namespace: string): string {
  return `${namespace}-cache`;
}

/** Repository prefix under which the images of one upstream are cached. */
export function cachePrefix(namespace: string, upstream: Upstream): string {
  return `${cacheNamespace(namespace)}/${upstreamRegistries[upstream].prefix}`;
}

/**
 * The same image, pulled through the platform's registry: `quay.io/argoproj/argocd:v3@sha256:…` becomes
 * `HOST/auterity-cache/quay/argoproj/argocd:v3@sha256:…`. Works on a repository without tag as well. What is in the
 * registry already stays as it is; an image of a registry without a cache is refused.
 */
export function pullThroughImage(cache: ImageCache, image: string): string {
  if (image.startsWith(`${cache.registryHost}/`)) return image;
  const { registry, path } = splitImage(image);
  if (!isUpstream(registry) || !cache.upstreams.includes(registry)) {
    const known = cache.upstreams.length > 0 ? cache.upstreams.join(", ") : "none";
    throw new Error(`image ${image}: ${registry} has no pull-through cache; cached: ${known}`);
  }
  return `${cache.registryHost}/${cachePrefix(cache.namespace, registry)}/${path}`;
}

/** Reads an image name as a container runtime does: without a host it is Docker Hub's, without an owner an official one. */
function splitImage(image: string): { registry: string; path: string } {
  const slash = image.indexOf("/");
  const host = slash === -1 ? "" : image.slice(0, slash);
  if (host.includes(".") || host.includes(":") || host === "localhost") {
    const path = image.slice(slash + 1);
    const official = host === "docker.io" && !path.includes("/");
    return { registry: host, path: official ? `library/${path}` : path };
  }
  return { registry: "docker.io", path: slash === -1 ? `library/${image}` : image };
}
