import { z } from "zod";
import { ImagesError } from "./images-error";

/** @see https://github.com/opencontainers/image-spec/blob/main/image-index.md */
export const indexTypes: readonly string[] = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
];

/**
 * An index over platforms where there is one, because nodes of every architecture pull by its digest; else the manifest.
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
 */
export const manifestTypes: readonly string[] = [
  ...indexTypes,
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

const platformSchema = z.object({ architecture: z.string(), os: z.string() });
const indexSchema = z.object({
  manifests: z.array(z.object({ platform: platformSchema.optional() })),
});
const manifestSchema = z.object({
  config: z.object({ digest: z.string().regex(/^sha256:[0-9a-f]{64}$/) }),
});

/** Processors with an image for Linux, sorted. Attestations stand in an index as of the platform "unknown". */
export function architecturesOfIndex(text: string): string[] {
  const { manifests } = read("an index", text, indexSchema);
  const found = manifests.flatMap(({ platform }) =>
    platform?.os === "linux" ? [platform.architecture] : [],
  );
  if (found.length === 0) throw new ImagesError("got an index without an image for Linux");
  return [...new Set(found)].sort();
}

export function configDigest(text: string): string {
  return read("a manifest", text, manifestSchema).config.digest;
}

/** The processor that an image of one platform is built for. */
export function platformOf(config: string): string {
  const { architecture, os } = read("a configuration", config, platformSchema);
  if (os !== "linux") throw new ImagesError(`got an image for ${os}, need one for Linux`);
  return architecture;
}

function read<T extends z.ZodType>(what: string, text: string, schema: T): z.infer<T> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new ImagesError(`got ${what} that is malformed`, { cause: error });
  }
}
