import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listEnvironments } from "../plan/stack-files";
import { ImagesError } from "./images-error";
import { composeFileName, imagesInUse } from "./images-in-use";
import { type ImageLock, readLock, writeLock } from "./lock-file";
import { newerTags } from "./newer-tags";
import { type ImageReference, parseReference } from "./reference";
import type { RegistryClient } from "./registry-client";
import { releasedImages } from "./released-images";

/** What the command works with. */
export interface ImagesWork {
  readonly projectDirectory: string;
  readonly client: RegistryClient;
  readonly say: (line: string) => void;
  /** YYYY-MM-DD. */
  readonly today: string;
}

type Answer<T> = { readonly image: string } & (
  { readonly value: T } | { readonly problem: string }
);

/** Registries throttle: so many at a time, and each failure is told with all the others. */
const together = 4;

async function askEach<T>(
  imageNames: readonly string[],
  ask: (reference: ImageReference) => Promise<T>,
): Promise<Answer<T>[]> {
  const answers: Answer<T>[] = [];
  const waiting = [...imageNames];
  const worker = async () => {
    for (let image = waiting.shift(); image !== undefined; image = waiting.shift()) {
      try {
        answers.push({ image, value: await ask(parseReference(image)) });
      } catch (error) {
        if (!(error instanceof ImagesError)) throw error;
        answers.push({ image, problem: error.message });
      }
    }
  };
  await Promise.all(Array.from({ length: together }, worker));
  return answers.sort((one, other) => (one.image < other.image ? -1 : 1));
}

/** The exit code. What was resolved is kept, also where another image failed. */
export async function lockImages(work: ImagesWork, writeCompose: boolean): Promise<number> {
  const { projectDirectory, client, say, today } = work;
  const before = readLock(projectDirectory);
  const inUse = imagesInUse(projectDirectory);
  const answers = await askEach([...inUse.keys()], (reference) => client.resolve(reference));
  const images: ImageLock["images"] = {};
  let failed = 0;
  for (const answer of answers) {
    const known = before.images[answer.image];
    if ("problem" in answer) {
      failed += 1;
      say(`${answer.image}: ${answer.problem}`);
      if (known !== undefined) images[answer.image] = known;
      continue;
    }
    const { digest, architectures } = answer.value;
    const resolvedAt = known?.digest === digest ? known.resolvedAt : today;
    images[answer.image] = { digest, resolvedAt, architectures: [...architectures] };
    if (known?.digest === digest) continue;
    say(`${answer.image}: ${digest}${known === undefined ? "" : `, was ${known.digest}`}`);
  }
  writeLock(projectDirectory, { ...before, images });
  if (writeCompose) writeDigests(projectDirectory, images);
  say(`${answers.length - failed} of ${answers.length} images locked`);
  return failed === 0 ? 0 : 1;
}

/** The exit code. What each release of the environment is built for is kept; and what no environment runs is not. */
export async function lockReleases(work: ImagesWork, environment: string): Promise<number> {
  const { projectDirectory, client, say, today } = work;
  const before = readLock(projectDirectory);
  const inUse = new Set(
    listEnvironments(projectDirectory).flatMap((name) =>
      releasedImages(projectDirectory, name).map(releaseKey),
    ),
  );
  const releases = Object.fromEntries(
    Object.entries(before.releases).filter(([key]) => inUse.has(key)),
  );
  const answers = await askEach(releasedImages(projectDirectory, environment), (reference) =>
    client.resolve(reference),
  );
  let failed = 0;
  for (const answer of answers) {
    if ("problem" in answer) {
      failed += 1;
      say(`${answer.image}: ${answer.problem}`);
      continue;
    }
    const architectures = [...answer.value.architectures];
    const { resolvedAt = today } = releases[releaseKey(answer.image)] ?? {};
    releases[releaseKey(answer.image)] = { resolvedAt, architectures };
    say(`${answer.image}: built for ${architectures.join(", ")}`);
  }
  writeLock(projectDirectory, { ...before, releases });
  say(`${answers.length - failed} of ${answers.length} releases of ${environment} looked at`);
  return failed === 0 ? 0 : 1;
}

/** The same in every account and region. */
function releaseKey(image: string): string {
  const { repository, digest = "" } = parseReference(image);
  return `${repository}@${digest}`;
}

/** Puts each locked digest behind its tag and leaves every other character of the file as it is. */
function writeDigests(projectDirectory: string, images: ImageLock["images"]): void {
  const file = join(projectDirectory, composeFileName);
  const text = readFileSync(file, "utf8");
  const pinned = text.replace(
    /^(\s*image: *)([^\s@#]+)(@sha256:[0-9a-f]+)?/gm,
    (line, key: string, image: string) => {
      const locked = images[image];
      return locked === undefined ? line : `${key}${image}@${locked.digest}`;
    },
  );
  if (pinned !== text) writeFileSync(file, pinned);
}

/** The exit code: every image in use is locked, nothing else is, and the registry still serves what was locked. */
export async function verifyImages({ projectDirectory, client, say }: ImagesWork): Promise<number> {
  const { images } = readLock(projectDirectory);
  const inUse = imagesInUse(projectDirectory);
  const problems = [
    ...[...inUse]
      .filter(([image]) => images[image] === undefined)
      .map(([image, files]) => `${image}: not locked, used in ${[...new Set(files)].join(", ")}`),
    ...Object.keys(images)
      .filter((image) => !inUse.has(image))
      .map((image) => `${image}: locked, but used nowhere`),
  ];
  const locked = Object.keys(images).filter((image) => inUse.has(image));
  for (const answer of await askEach(locked, (reference) => client.digestOf(reference))) {
    const digest = images[answer.image]?.digest ?? "";
    if ("problem" in answer) problems.push(`${answer.image}: ${answer.problem}`);
    else if (answer.value !== digest)
      problems.push(`${answer.image}: the registry serves ${answer.value}, locked is ${digest}`);
  }
  problems.forEach(say);
  say(`${locked.length} locked images asked for, ${problems.length} problems`);
  return problems.length === 0 ? 0 : 1;
}

/** The exit code, which says only whether every registry answered: what is newer is for people to judge. */
export async function outdatedImages({
  projectDirectory,
  client,
  say,
}: ImagesWork): Promise<number> {
  const inUse = [...imagesInUse(projectDirectory).keys()];
  const answers = await askEach(inUse, async (reference) =>
    newerTags(reference.tag, await client.tagsOf(reference)),
  );
  let failed = 0;
  let outdated = 0;
  for (const answer of answers) {
    if ("problem" in answer) {
      failed += 1;
      say(`${answer.image}: ${answer.problem}`);
      continue;
    }
    const { compatible, major } = answer.value;
    const newer = [
      ...(compatible === undefined ? [] : [compatible]),
      ...(major === undefined ? [] : [`${major} (first number changes)`]),
    ];
    if (newer.length > 0) {
      outdated += 1;
      say(`${answer.image}: ${newer.join(", ")}`);
    }
  }
  say(`${outdated} of ${answers.length} images have a newer tag, ${failed} could not be asked for`);
  return failed === 0 ? 0 : 1;
}
