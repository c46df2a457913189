import { images } from "../components/shared/versions";
import lock from "../images.lock.json";

const locked: Readonly<Record<string, { readonly digest: string }>> = lock.images;

/** What the registries served when the lock was written, by `REPOSITORY:TAG`: `npm run images -- lock`. */
export const lockedDigests: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(locked).map(([reference, { digest }]) => [reference, digest]),
);

/** Every image that a chart of ours runs. */
export const chartImages: readonly string[] = Object.values(images).map(
  ({ repository, tag }) => `${repository}:${tag}`,
);
