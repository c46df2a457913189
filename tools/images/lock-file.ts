import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ImagesError } from "./images-error";

const lockFileName = "images.lock.json";

/** Day on which the registry served it, YYYY-MM-DD. */
const resolvedAt = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "need a day such as 2026-11-23");
/** Processors that it is built for, as indexes spell them. */
const architectures = z.array(z.string()).min(1, "need a processor that it is built for");

const lockSchema = z.strictObject({
  images: z.record(
    z.string(),
    z.strictObject({
      digest: z.string().regex(/^sha256:[0-9a-f]{64}$/, "need sha256: and 64 hexadecimal digits"),
      resolvedAt,
      /** Missing in a lock of before they were asked for. */
      architectures: architectures.optional(),
    }),
  ),
  /** Releases of our own services, by REPOSITORY@DIGEST: the stack files pin them, and here is what they are built for. */
  releases: z
    .record(
      z.string().regex(/^[^@]+@sha256:[0-9a-f]{64}$/, "need REPOSITORY@sha256:…"),
      z.strictObject({ resolvedAt, architectures }),
    )
    .default({}),
});
export type ImageLock = z.infer<typeof lockSchema>;

export function readLock(projectDirectory: string): ImageLock {
  const file = join(projectDirectory, lockFileName);
  if (!existsSync(file)) return { images: {}, releases: {} };
  try {
    return lockSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    const reason =
      error instanceof z.ZodError
        ? error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ")
        : (error as Error).message;
    throw new ImagesError(`${lockFileName}: ${reason}`);
  }
}

/** Sorted, so that two people who lock the same get the same file; whole, or not at all. */
export function writeLock(projectDirectory: string, { images, releases }: ImageLock): void {
  const sorted = { images: byName(images), releases: byName(releases) };
  const file = join(projectDirectory, lockFileName);
  writeFileSync(`${file}.new`, `${JSON.stringify(sorted, undefined, 2)}\n`);
  renameSync(`${file}.new`, file);
}

function byName<T>(entries: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(entries).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}
