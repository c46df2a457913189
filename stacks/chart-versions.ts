import { charts, images } from "../components/shared/versions";
import type { Environment } from "./environment";

/** Where a chart comes from: its publisher, or the mirror that holds copies of all of them. */
export function chartOf({ chartMirror }: Environment, key: keyof typeof charts) {
  const { repository, version } = charts[key];
  return { version, repository: chartMirror === "none" ? repository : chartMirror };
}

/** An image that a chart runs, with its digest once the lock has it. */
export function imageOf({ lockedDigests }: Environment, key: keyof typeof images) {
  const { repository, tag } = images[key];
  const digest = lockedDigests[`${repository}:${tag}`];
  return { repository, tag, ...(digest !== undefined && { digest }) };
}
