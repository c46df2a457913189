import { GetObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { createHash } from "node:crypto";
import { type BucketCheck, type Finding, finding, isAbout } from "./checks";

/** A bucket that was restored, beside the one that it was. */
export interface RestoredBucket {
  readonly client: S3Client;
  readonly bucket: string;
  readonly sourceBucket: string;
  /** As of a database. */
  readonly lostAt: Date;
}

interface Listed {
  readonly key: string;
  readonly modified: Date;
}

/** Larger ones are paid for by the byte and would fill the memory; their size is compared by the listing. */
const largestBytes = 64 * 1024 ** 2;

export async function validateBucket(
  restored: RestoredBucket,
  checks: readonly BucketCheck[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks)
    findings.push(
      await finding(`${check.kind} ${check.prefix === "" ? "(all)" : check.prefix}`, () =>
        run(restored, check),
      ),
    );
  return findings;
}

async function run(restored: RestoredBucket, check: BucketCheck): Promise<Omit<Finding, "check">> {
  const { client, bucket, sourceBucket, lostAt } = restored;
  const sources = await list(client, sourceBucket, check.prefix);
  const objects = await list(client, bucket, check.prefix);
  switch (check.kind) {
    case "object-count":
      return {
        holds: isAbout(sources.length, objects.length, check.tolerancePercent),
        seen: `${objects.length} objects, the source has ${sources.length}`,
      };
    case "newest-object": {
      // A restored object is as old as the restore: when it was written, the source says.
      const there = new Set(objects.map(({ key }) => key));
      const newest = Math.max(
        ...sources.filter(({ key }) => there.has(key)).map(({ modified }) => modified.getTime()),
      );
      const missing = sources.filter(
        ({ key, modified }) => !there.has(key) && modified.getTime() < lostAt.getTime(),
      );
      if (!Number.isFinite(newest))
        return sources.length === 0
          ? { holds: true, seen: "the source is empty", lostSeconds: 0 }
          : { holds: false, seen: "no object of the source is there" };
      // Nothing is lost where nothing was written since.
      const oldestMissing = Math.min(...missing.map(({ modified }) => modified.getTime()));
      const lost = missing.length === 0 ? 0 : (lostAt.getTime() - oldestMissing) / 1000;
      return {
        holds: lost <= check.atMostSeconds,
        seen: `${missing.length} objects are missing, the oldest written ${lost.toFixed(0)} s before the loss`,
        lostSeconds: lost,
      };
    }
    case "object-checksums":
      return compareSample(restored, objects, check.sample);
  }
}

async function compareSample(
  { client, bucket, sourceBucket }: RestoredBucket,
  objects: readonly Listed[],
  sample: number,
): Promise<Omit<Finding, "check">> {
  const step = Math.max(1, Math.floor(objects.length / sample));
  const chosen = objects.filter((_, index) => index % step === 0).slice(0, sample);
  const differing: string[] = [];
  let compared = 0;
  for (const { key } of chosen) {
    const [source, restored] = await Promise.all([
      digest(client, sourceBucket, key),
      digest(client, bucket, key),
    ]);
    // Written over or deleted in the source since: nothing to compare with.
    if (source === undefined) continue;
    compared += 1;
    if (source !== restored) differing.push(key);
  }
  if (compared === 0)
    return { holds: objects.length === 0, seen: "there is no object to compare with" };
  return differing.length > 0
    ? { holds: false, seen: `${differing.length} of ${compared} objects differ from the source` }
    : { holds: true, seen: `${compared} objects are the same` };
}

async function list(client: S3Client, bucket: string, prefix: string): Promise<Listed[]> {
  const found: Listed[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
    );
    for (const { Key, LastModified } of page.Contents ?? [])
      if (Key !== undefined && LastModified !== undefined)
        found.push({ key: Key, modified: LastModified });
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return found;
}

/** Of the size and of the first bytes, read from the object itself: an ETag says nothing about what is encrypted by KMS. */
async function digest(client: S3Client, bucket: string, key: string): Promise<string | undefined> {
  try {
    const { Body, ContentLength, ContentRange } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: key, Range: `bytes=0-${largestBytes - 1}` }),
    );
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
    const size = ContentRange?.split("/")[1] ?? `${ContentLength ?? bytes.length}`;
    return `${size} ${createHash("sha256").update(bytes).digest("hex")}`;
  } catch (error) {
    if (error instanceof Error && ["NoSuchKey", "NotFound"].includes(error.name)) return undefined;
    // An empty object has no first byte.
    if (error instanceof Error && error.name === "InvalidRange") return "0";
    throw error;
  }
}
