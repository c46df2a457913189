interface Version {
  readonly numbers: readonly number[];
  /** What stands before and behind the numbers: only tags that agree in it are versions of the same thing. */
  readonly kind: string;
}

/** Numbers parted by dots, with or without a v before and words behind, such as v1.2.3 or 15.8-alpine3.22. */
function readVersion(tag: string): Version | undefined {
  const [, prefix, numbers = "", suffix = ""] =
    /^(v?)(\d+(?:\.\d+)*)((?:-[a-z].*)?)$/i.exec(tag) ?? [];
  if (prefix === undefined) return undefined;
  const parts = numbers.split(".").map(Number);
  const kind = [prefix, parts.length, suffix.replace(/\d+(\.\d+)*/g, "#")].join("|");
  return { numbers: parts, kind };
}

function compare(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((number, at) => number !== other[at]);
  return index === -1 ? 0 : (one[index] ?? 0) - (other[index] ?? 0);
}

const unstable = /-(alpha|beta|rc|pre|dev|snapshot|nightly)/i;

export interface NewerTags {
  /** Newest with the same first number, if it is newer. */
  readonly compatible?: string;
  /** Newest of all, if its first number is greater. */
  readonly major?: string;
}

/** Newer versions of the same kind, and no pre-release unless the one in use is one; nothing for a tag without version. */
export function newerTags(current: string, tags: readonly string[]): NewerTags {
  const version = readVersion(current);
  if (version === undefined) return {};
  const newer = tags
    .filter((tag) => unstable.test(current) || !unstable.test(tag))
    .flatMap((tag) => {
      const read = readVersion(tag);
      return read?.kind === version.kind && compare(read.numbers, version.numbers) > 0
        ? [{ tag, numbers: read.numbers }]
        : [];
    })
    .sort((one, other) => compare(other.numbers, one.numbers));
  const compatible = newer.find(({ numbers }) => numbers[0] === version.numbers[0])?.tag;
  const major = newer.find(({ numbers }) => numbers[0] !== version.numbers[0])?.tag;
  return { ...(compatible !== undefined && { compatible }), ...(major !== undefined && { major }) };
}
