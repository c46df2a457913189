/** A container image's name, taken apart. */
export interface ImageReference {
  /** Host, with its port; `docker.io` where none is written. */
  readonly registry: string;
  /** Path within the registry, without tag and digest. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** @see https://github.com/distribution/reference/blob/main/regexp.go */
const grammar =
  /^(?<path>[^@:]+(?::\d+\/[^@:]+)?)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>[A-Za-z][A-Za-z0-9]*(?:[+._-][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?$/;
const pathPart = /^[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*$/;

/** Undefined for what no container runtime would take. */
export function parseImage(text: string): ImageReference | undefined {
  const groups = grammar.exec(text)?.groups;
  const path = groups?.["path"];
  if (path === undefined) return undefined;
  const { registry, repository } = splitRegistry(path);
  if (!repository.split("/").every((part) => pathPart.test(part))) return undefined;
  const tag = groups?.["tag"];
  const digest = groups?.["digest"];
  return {
    registry,
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** A first part with a dot or a port, or `localhost`, is a host; anything else is a path on Docker Hub. */
function splitRegistry(path: string): Pick<ImageReference, "registry" | "repository"> {
  const slash = path.indexOf("/");
  const first = path.slice(0, slash);
  if (slash > 0 && (/[.:]/.test(first) || first === "localhost"))
    return { registry: first, repository: path.slice(slash + 1) };
  return { registry: "docker.io", repository: slash > 0 ? path : `library/${path}` };
}

/** 64 hexadecimal digits that are not all zero: those hold a place and pin nothing. */
const realDigest = /^sha256:(?!0{64}$)[0-9a-f]{64}$/;

export interface PinningSettings {
  /** Tags that move, so that the same name is another image tomorrow. */
  movingTags: string[];
}

export const pinningSettings = {
  movingTags: {
    type: "array" as const,
    items: { type: "string" as const },
    default: ["latest", "main", "master", "stable", "edge", "nightly", "canary", "develop", "dev"],
  },
};

/** Why an image's tag and digest do not pin it; empty if they do. */
export function pinningProblems(
  { tag, digest }: Pick<ImageReference, "tag" | "digest">,
  { movingTags }: PinningSettings,
): string[] {
  const problems: string[] = [];
  if (tag === undefined) problems.push("has no tag");
  else if (movingTags.includes(tag)) problems.push(`has the moving tag ${tag}`);
  if (digest === undefined) problems.push("has no digest");
  else if (!realDigest.test(digest)) problems.push("has a digest that is no real sha256");
  return problems;
}

/** The tag of an image that has not been released yet. */
export const unreleasedTag = "unreleased";

/** The registry account of an environment that has no account yet. */
export const unassignedAccount = "unassigned";

export function isUnreleased({ tag }: Pick<ImageReference, "tag">): boolean {
  return tag === unreleasedTag;
}

export function isUnassigned({ registry }: Pick<ImageReference, "registry">): boolean {
  return registry.startsWith(`${unassignedAccount}.dkr.ecr.`);
}
