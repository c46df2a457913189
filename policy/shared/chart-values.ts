import { unknownValue } from "./known";
import { parseImage } from "./image-reference";
import { type Tree, isTree } from "./is-tree";
import { textAt, valueAt } from "./tree";

/** An image as a chart's values spell it: whole, or in parts of which any may be left to the chart. */
export interface ChartImage {
  /** Where it stands in the values. */
  readonly path: string;
  readonly registry?: string;
  readonly repository?: string;
  readonly tag?: string;
  readonly digest?: string;
}

const imageKey = /(^i|I)mage$|^fullImageName$/;
const imagesKey = /(^i|I)mages$/;
const ownParts = ["repository", "tag", "digest", "sha", "hash"];

/**
 * Every image that a chart's values name, however deep. Charts spell one as text, or as an object with some of
 * registry, repository, tag and digest (`sha` in some), or with the digest behind the tag.
 */
export function imagesInValues(values: unknown, path = "values"): ChartImage[] {
  if (Array.isArray(values))
    return values.flatMap((item, index) => imagesInValues(item, `${path}[${index}]`));
  if (!isTree(values)) return [];
  return Object.keys(values).flatMap((key) => {
    const value = values[key];
    const here = `${path}.${key}`;
    if (imageKey.test(key)) return imagesAt(value, here, values);
    if (imagesKey.test(key)) return imagesBelow(value, here);
    if (isTree(value) && isImageBlock(value)) return [readBlock(value, here)];
    return imagesInValues(value, here);
  });
}

/** `images` holds several, in a list or by name; or only what they have in common. */
function imagesBelow(value: unknown, path: string): ChartImage[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => imagesAt(item, `${path}[${index}]`, {}));
  if (!isTree(value)) return [];
  if (hasParts(value)) return [readBlock(value, path)];
  return Object.keys(value).flatMap((key) => {
    const item = value[key];
    // A text without a version or path is a setting of them all, such as a pull policy.
    if (typeof item === "string" && !/[/:]/.test(item)) return [];
    return imagesAt(item, `${path}.${key}`, {});
  });
}

function imagesAt(value: unknown, path: string, siblings: Tree): ChartImage[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => imagesAt(item, `${path}[${index}]`, {}));
  if (typeof value === "string") return value === "" ? [] : [readText(value, path, siblings)];
  if (!isTree(value)) return [];
  // One chart may hold several images under one key: image.keda, image.metricsApiServer.
  const nested = Object.keys(value).filter((key) => isTree(value[key]) && hasParts(value[key]));
  if (nested.length > 0 && !hasParts(value))
    return nested.map((key) => readBlock(value[key], `${path}.${key}`));
  return [readBlock(value, path)];
}

function hasParts(value: unknown): boolean {
  return ownParts.some((part) => valueAt(value, part) !== undefined);
}

/** Outside of an `image` key only a repository together with a version makes an image. */
function isImageBlock(value: Tree): boolean {
  return (
    typeof value["repository"] === "string" &&
    (typeof value["tag"] === "string" || typeof value["digest"] === "string")
  );
}

function readText(text: string, path: string, siblings: Tree): ChartImage {
  const parsed = parseImage(text);
  const { tag, digest } = splitTag(textAt(siblings, "imageTag") ?? textAt(siblings, "tag"));
  return {
    path,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
    ...parsed,
  };
}

function readBlock(block: unknown, path: string): ChartImage {
  const { tag, digest: digestBehindTag } = splitTag(partAt(block, "tag"));
  const bare = partAt(block, "digest") ?? partAt(block, "sha") ?? partAt(block, "hash");
  const digest = digestBehindTag ?? (bare === undefined ? undefined : withAlgorithm(bare));
  const registry = partAt(block, "registry");
  // Beside a registry some charts call the repository a name.
  const repository =
    partAt(block, "repository") ?? (registry === undefined ? undefined : partAt(block, "name"));
  return {
    path,
    ...(registry === undefined ? {} : { registry }),
    ...(repository === undefined ? {} : { repository }),
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** An empty text leaves the part to the chart. */
function partAt(block: unknown, part: string): string | undefined {
  const text = textAt(block, part);
  return text === "" ? undefined : text;
}

function withAlgorithm(digest: string): string {
  return digest.includes(":") ? digest : `sha256:${digest}`;
}

function splitTag(text: string | undefined): { tag?: string; digest?: string } {
  if (text === undefined) return {};
  const at = text.indexOf("@");
  if (at < 0) return { tag: text };
  return { tag: text.slice(0, at), digest: text.slice(at + 1) };
}

/** Whether a preview leaves any part of an image open, so that a rule cannot judge it yet. */
export function hasUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isTree(value) && Object.values(value).some(hasUnknown);
}

/** Host and path of a chart's image, as far as its values say; undefined if they leave the repository to the chart. */
export function locationOf({ registry, repository }: ChartImage): string | undefined {
  if (repository === undefined) return undefined;
  if (registry !== undefined) return `${registry}/${repository}`;
  const parsed = parseImage(repository);
  return parsed === undefined ? undefined : `${parsed.registry}/${parsed.repository}`;
}
