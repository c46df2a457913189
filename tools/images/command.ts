import { Command } from "commander";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { PlanError } from "../plan/plan-error";
import { ImagesError } from "./images-error";
import type { RegistryClientOptions } from "./registry-client";

const load = createRequire(__filename);

export function createImagesCommand(projectDirectory: string): Command {
  const images = new Command("images")
    .summary("digests and processors of images, in images.lock.json")
    .description(
      "Resolves the tags of every third-party image (charts, local set, workflows) to digests, which do not move.",
    );
  images
    .command("lock")
    .summary("ask the registries for the digests and write the lock")
    .description("Exit code 1 if a registry did not answer; what was resolved is kept.")
    .option("--write-compose", "put the digests into compose.dev.yaml too")
    .option(
      "--releases <environment>",
      "instead, ask for what our own releases of an environment are built for",
    )
    .option(
      "--password-stdin",
      "with --releases: the registry's password, as `aws ecr get-login-password` writes it",
    )
    .action((options: LockOptions) => lock(projectDirectory, options));
  images
    .command("verify")
    .summary("every image is locked, and its registry still serves that digest")
    .action(() => run(({ verifyImages }, work) => verifyImages(work), projectDirectory));
  images
    .command("outdated")
    .summary("newer tags of the images in use")
    .action(() => run(({ outdatedImages }, work) => outdatedImages(work), projectDirectory));
  images
    .command("list")
    .summary("the images in use, one a line, with the digest where it is locked")
    .option("--releases <environment>", "our own released images of an environment instead")
    .action((options: { releases?: string }) =>
      run((_, { say }) => {
        list(projectDirectory, options.releases).forEach(say);
        return Promise.resolve(0);
      }, projectDirectory),
    );
  return images;
}

interface LockOptions {
  readonly writeCompose?: true;
  readonly releases?: string;
  readonly passwordStdin?: true;
}

function lock(projectDirectory: string, options: LockOptions): Promise<void> {
  const { releases } = options;
  if (releases === undefined)
    return run(
      ({ lockImages }, work) => lockImages(work, options.writeCompose === true),
      projectDirectory,
    );
  return run(
    ({ lockReleases }, work) => lockReleases(work, releases),
    projectDirectory,
    () => {
      if (options.passwordStdin !== true) return undefined;
      const { registryOf } = load("./released-images") as typeof import("./released-images");
      const password = readFileSync(process.stdin.fd, "utf8").trim();
      return { registry: registryOf(projectDirectory, releases), user: "AWS", password };
    },
  );
}

type Work = typeof import("./work");

async function run(
  action: (work: Work, context: import("./work").ImagesWork) => Promise<number>,
  projectDirectory: string,
  login: () => RegistryClientOptions["login"] = () => undefined,
): Promise<void> {
  const { RegistryClient } = load("./registry-client") as typeof import("./registry-client");
  try {
    const given = login();
    process.exitCode = await action(load("./work") as Work, {
      projectDirectory,
      client: new RegistryClient(given === undefined ? {} : { login: given }),
      say: (line) => void process.stdout.write(`${line}\n`),
      today: new Date().toISOString().slice(0, 10),
    });
  } catch (error) {
    if (!(error instanceof ImagesError || error instanceof PlanError)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    process.exitCode = 1;
  }
}

function list(projectDirectory: string, environment: string | undefined): string[] {
  if (environment !== undefined) {
    const { releasedImages } = load("./released-images") as typeof import("./released-images");
    return releasedImages(projectDirectory, environment);
  }
  const { imagesInUse } = load("./images-in-use") as typeof import("./images-in-use");
  const { readLock } = load("./lock-file") as typeof import("./lock-file");
  const locked = readLock(projectDirectory).images;
  return [...imagesInUse(projectDirectory).keys()].map((image) => {
    const digest = locked[image]?.digest;
    return digest === undefined ? image : `${image}@${digest}`;
  });
}
