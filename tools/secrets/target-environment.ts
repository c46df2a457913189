import { readStackFile } from "../plan/stack-files";
import { SecretsError } from "./secrets-error";

/** Where the secrets of an environment lie, from its stack file. */
export interface TargetEnvironment {
  readonly name: string;
  readonly region: string;
  /** The only account that may be written to; undefined while the environment has none. */
  readonly accountId: string | undefined;
}

/** @throws PlanError for an unknown environment, SecretsError for a stack file without a region. */
export function readTargetEnvironment(projectDirectory: string, name: string): TargetEnvironment {
  const { config } = readStackFile(projectDirectory, name);
  const region = config["aws:region"];
  if (region === undefined)
    throw new SecretsError("the environment cannot be used", [
      `Pulumi.${name}.yaml: aws:region: missing, need the region of the secrets`,
    ]);
  const accounts = /\b\d{12}\b/.exec(config["aws:allowedAccountIds"] ?? "");
  return { name, region, accountId: accounts?.[0] };
}

export function unassignedNotice(target: TargetEnvironment): string {
  return `Pulumi.${target.name}.yaml: aws:allowedAccountIds: unassigned, so the account of the credentials is not checked`;
}
