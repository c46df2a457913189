import { images } from "../components/shared/versions";
import lock from "../images.lock.json";

interface Locked {
  readonly digest: string;
  /** Missing in a lock of before they were asked for. */
  readonly architectures?: readonly string[];
}

const locked: Readonly<Record<string, Locked>> = lock.images;
const releases: Readonly<Record<string, Pick<Locked, "architectures">>> = lock.releases;

/** What the registries served when the lock was written, by `REPOSITORY:TAG`: `npm run images -- lock`. */
export const lockedDigests: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(locked).map(([reference, { digest }]) => [reference, digest]),
);

/** What they were built for: images of others by `REPOSITORY:TAG`, our own releases by `auterity/IMAGE@DIGEST`. */
export const lockedArchitectures: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries({ ...locked, ...releases }).flatMap(([reference, { architectures }]) =>
    architectures === undefined ? [] : [[reference, architectures]],
  ),
);

/** Every image that a chart of ours runs. */
export const chartImages: readonly string[] = Object.values(images).map(
  ({ repository, tag }) => `${repository}:${tag}`,
);
