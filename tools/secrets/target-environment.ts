import { parseValue } from "../../stacks/engine-config";
import type { AlertingSettings } from "../../stacks/observability/receiver-secrets";
import { alertingSchema } from "../../stacks/observability/schema";
import { readStackFile } from "../plan/stack-files";
import { SecretsError } from "./secrets-error";

/** Where the secrets of an environment lie, from its stack file. */
export interface TargetEnvironment {
  readonly name: string;
  readonly region: string;
  /** Second part of every path: another environment's where this one has replicas of its secrets. */
  readonly secretsEnvironment: string;
  /** "replicated": what lies here comes from another region, and is written there. */
  readonly source: "own" | "replicated";
  /** Where every secret is to have a replica; undefined where none is asked for. */
  readonly replicaRegion: string | undefined;
  /** The only account that may be written to; undefined while the environment has none. */
  readonly accountId: string | undefined;
  /** What Alertmanager's receivers need; undefined where the stack file says nothing of them. */
  readonly alerting?: AlertingSettings | undefined;
}

/** @throws PlanError for an unknown environment, SecretsError for a stack file that does not say where its secrets are. */
export function readTargetEnvironment(projectDirectory: string, name: string): TargetEnvironment {
  const { config, settings, project } = readStackFile(projectDirectory, name);
  const problems: string[] = [];
  const setting = (key: string, what: string, shape: RegExp): string => {
    const value = settings[key];
    if (value !== undefined && shape.test(value)) return value;
    const given = value === undefined ? "missing" : `got "${value}"`;
    problems.push(`Pulumi.${name}.yaml: ${key}: ${given}, need ${what}`);
    return "";
  };
  const regionShape = /^[a-z]{2}(-[a-z]+)+-\d$/;
  const secrets = `${project}:secrets`;
  const region = setting("aws:region", "the region of the secrets", regionShape);
  const secretsEnvironment = setting(
    `${secrets}.environment`,
    "the environment whose secrets they are",
    /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
  );
  const source = setting(`${secrets}.source`, "own or replicated", /^(own|replicated)$/);
  const replicate = setting(`${secrets}.replicate`, "true or false", /^(true|false)$/);
  const replicaRegion =
    source === "own" && replicate === "true"
      ? setting(`${project}:recovery.region`, "the region of the replicas", regionShape)
      : undefined;
  const alerting = readAlerting(config[`${project}:alerting`], (problem) =>
    problems.push(`Pulumi.${name}.yaml: ${project}:alerting: ${problem}`),
  );
  if (problems.length > 0) throw new SecretsError("the environment cannot be used", problems);
  const accounts = /\b\d{12}\b/.exec(config["aws:allowedAccountIds"] ?? "");
  return {
    ...{ name, region, secretsEnvironment, replicaRegion, accountId: accounts?.[0] },
    source: source === "replicated" ? "replicated" : "own",
    ...(alerting !== undefined && { alerting }),
  };
}

function readAlerting(
  text: string | undefined,
  refuse: (problem: string) => void,
): AlertingSettings | undefined {
  if (text === undefined) return undefined;
  const read = alertingSchema.safeParse(parseValue(text));
  if (!read.success) refuse("cannot be read, npm run plan says why");
  return read.data;
}

/** @throws SecretsError where the secrets of the environment are replicas, which take no values. */
export function refuseReplicas({ name, source, secretsEnvironment }: TargetEnvironment): void {
  if (source === "own") return;
  throw new SecretsError("replicas cannot be written", [
    `Pulumi.${name}.yaml: auterity:secrets.source: replicated: write them where they come from, with --env ${secretsEnvironment}`,
    `where the region of ${secretsEnvironment} is lost: promote the replicas first (docs/secrets.md)`,
  ]);
}

export function unassignedNotice(target: TargetEnvironment): string {
  return `Pulumi.${target.name}.yaml: aws:allowedAccountIds: unassigned, so the account of the credentials is not checked`;
}
