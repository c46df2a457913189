import { z } from "zod";
import { services } from "../../stacks/services";
import { registryNamespace } from "../../stacks/images";
import { readStackFile } from "../plan/stack-files";

const versionsSchema = z.object({
  versions: z.record(
    z.string(),
    z.union([z.string(), z.object({ tag: z.string(), digest: z.string() })]),
  ),
});

/** The registry of the environment's account and region. */
export function registryOf(projectDirectory: string, environment: string): string {
  const { config } = readStackFile(projectDirectory, environment);
  const accounts = z.array(z.string()).parse(JSON.parse(config["aws:allowedAccountIds"] ?? "[]"));
  return `${accounts[0] ?? ""}.dkr.ecr.${config["aws:region"] ?? ""}.amazonaws.com`;
}

/** Our own images that an environment runs, by tag and digest; none of a service that has no release. */
export function releasedImages(projectDirectory: string, environment: string): string[] {
  const { config } = readStackFile(projectDirectory, environment);
  const { versions } = versionsSchema.parse(JSON.parse(config["auterity:services"] ?? "{}"));
  const host = registryOf(projectDirectory, environment);
  return services.flatMap(({ name, image }) => {
    const version = versions[name];
    return typeof version === "object"
      ? [`${host}/${registryNamespace}/${image}:${version.tag}@${version.digest}`]
      : [];
  });
}
