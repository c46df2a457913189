import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { images } from "../../components/shared/versions";
import { ImagesError } from "./images-error";

export const composeFileName = "compose.dev.yaml";

/** References by tag, as they are written, each with the files that name it. */
export type ImagesInUse = ReadonlyMap<string, readonly string[]>;

const composeSchema = z.object({
  services: z.record(z.string(), z.object({ image: z.string() })),
});
const workflowSchema = z.object({ env: z.record(z.string(), z.coerce.string()).optional() });

/** Every third-party image: of the charts, of the local set, of the workflows (variables that end in _IMAGE). */
export function imagesInUse(projectDirectory: string): ImagesInUse {
  const found = new Map<string, string[]>();
  const add = (image: string, file: string) => {
    const tagged = image.split("@")[0] ?? image;
    found.set(tagged, [...(found.get(tagged) ?? []), file]);
  };
  for (const { repository, tag } of Object.values(images))
    add(`${repository}:${tag}`, "components/shared/versions.ts");
  for (const image of composeImages(projectDirectory)) add(image, composeFileName);
  for (const [file, image] of workflowImages(projectDirectory)) add(image, file);
  return new Map([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function composeImages(projectDirectory: string): string[] {
  const file = join(projectDirectory, composeFileName);
  if (!existsSync(file)) return [];
  const { services } = read(composeFileName, file, composeSchema);
  return Object.values(services).map(({ image }) => image);
}

function workflowImages(projectDirectory: string): [file: string, image: string][] {
  const folder = ".github/workflows";
  const directory = join(projectDirectory, folder);
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .sort()
    .flatMap((name) => {
      const file = `${folder}/${name}`;
      const { env = {} } = read(file, join(directory, name), workflowSchema);
      return Object.entries(env)
        .filter(([variable]) => variable.endsWith("_IMAGE"))
        .map(([, image]): [string, string] => [file, image]);
    });
}

function read<T extends z.ZodType>(name: string, file: string, schema: T): z.infer<T> {
  try {
    return schema.parse(parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new ImagesError(`${name}: ${(error as Error).message}`, { cause: error });
  }
}
