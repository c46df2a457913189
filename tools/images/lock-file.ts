import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ImagesError } from "./images-error";

const lockFileName = "images.lock.json";

const lockSchema = z.strictObject({
  images: z.record(
    z.string(),
    z.strictObject({
      digest: z.string().regex(/^sha256:[0-9a-f]{64}$/, "need sha256: and 64 hexadecimal digits"),
      /** Day on which the registry served it, YYYY-MM-DD. */
      resolvedAt: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "need a day such as 2026-11-23"),
    }),
  ),
});
export type ImageLock = z.infer<typeof lockSchema>;

export function readLock(projectDirectory: string): ImageLock {
  const file = join(projectDirectory, lockFileName);
  if (!existsSync(file)) return { images: {} };
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
export function writeLock(projectDirectory: string, { images }: ImageLock): void {
  const sorted = Object.fromEntries(
    Object.entries(images).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
  const file = join(projectDirectory, lockFileName);
  writeFileSync(`${file}.new`, `${JSON.stringify({ images: sorted }, undefined, 2)}\n`);
  renameSync(`${file}.new`, file);
}
