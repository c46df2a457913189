import type * as pulumi from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { repeated } from "../shared/record-workload";
import { defaultServices } from "./services";

export interface GitHubRepository {
  /** Organisation or person that owns it. */
  readonly owner: string;
  readonly name: string;
  /**
   * GitHub's numbers of owner and repository, which nobody gets again after a deletion. Repositories made or renamed
   * since 2026-07-15 name themselves with them, older ones once they opt in; then they have to be given. Default: names
   * alone. @see https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/
   */
  readonly ids?: { readonly owner: number; readonly repository: number };
}

export interface DeployRoleArgs {
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  /** The only repository whose workflows may assume the roles. */
  readonly repository: GitHubRepository;
  /** GitHub environments that deploy to this account, such as prod and recovery. Their previews are `NAME-preview`. */
  readonly environments: readonly string[];
  /** Regions in which may be deployed. */
  readonly regions: readonly string[];
  /** Policy that every role made by a deployment has to carry as its boundary. */
  readonly platformBoundaryArn: pulumi.Input<string>;
  /** Policy that bounds these roles themselves. */
  readonly permissionsBoundaryArn: pulumi.Input<string>;
  /** Bucket that keeps Pulumi's state. */
  readonly stateBucket: string;
  /** Key of that bucket and of the secrets in the state. */
  readonly stateKeyArn: pulumi.Input<string>;
  /** GitHub's identity provider, of which an account has one. Default: it is made. */
  readonly identityProviderArn?: pulumi.Input<string>;
  /** Roles of people who may assume deployer and viewer too, as for the first deployment. Default: []. */
  readonly peopleRoleArns?: readonly string[];
  /**
   * Roles of people who may assume the administrator of secrets: who fills, reads and replaces them. Default: [], and
   * the role is not made; name then one of your own, or the platform refuses to be filled.
   */
  readonly secretsPeopleRoleArns?: readonly string[];
  /** Zones of Route 53 in which a deployment may write records, by their ids. Default: []. */
  readonly hostedZoneIds?: readonly string[];
  /** Services that a deployment may use, by their prefix in IAM. Default: those that the platform uses. */
  readonly services?: readonly string[];
  /** Default: auterity-deployer. */
  readonly deployerName?: string;
  /** Default: auterity-viewer. */
  readonly viewerName?: string;
  /** Out of the deployer's reach, whoever makes it. Default: auterity-secrets-administrator. */
  readonly secretsAdministratorName?: string;
  /** What the names of the platform's secrets begin with, before the first slash. Default: auterity. */
  readonly secretsPath?: string;
  /**
   * Other roles of the account, which a deployment may neither change nor use; stars are allowed. IAM cannot tell them
   * from the platform's by their boundary in every action, so name all that have rights beyond it. Default: those of AWS
   * Organizations, IAM Identity Center and Control Tower.
   */
  readonly keptRoles?: readonly string[];
  /** Hours that a session may last, 1 to 12. Default: 2. */
  readonly sessionHours?: number;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

export type DeployRoleSpec = Required<Omit<DeployRoleArgs, "identityProviderArn">> &
  Pick<DeployRoleArgs, "identityProviderArn">;

const defaults = {
  peopleRoleArns: [],
  secretsPeopleRoleArns: [],
  hostedZoneIds: [],
  services: defaultServices,
  deployerName: "auterity-deployer",
  viewerName: "auterity-viewer",
  secretsAdministratorName: "auterity-secrets-administrator",
  secretsPath: "auterity",
  keptRoles: [
    "OrganizationAccountAccessRole",
    "aws-reserved/*",
    "AWSControlTower*",
    "stacksets-exec-*",
  ],
  sessionHours: 2,
  tags: {},
} as const;

export function resolveDeployRoleArgs(name: string, args: DeployRoleArgs): DeployRoleSpec {
  const spec = { ...defaults, ...args };
  const problems = [
    ...placeProblems(spec),
    ...repositoryProblems(spec.repository),
    ...environmentProblems(spec.environments),
    ...roleProblems(spec),
  ];
  if (problems.length > 0) throw new ArgsError("DeployRole", name, problems);
  return spec;
}

function placeProblems({ accountId, regions, stateBucket }: DeployRoleSpec): string[] {
  const problems: string[] = [];
  if (!/^(\d{12}|unassigned)$/.test(accountId))
    problems.push(`accountId: got "${accountId}", need 12 digits, or unassigned`);
  if (regions.length === 0) problems.push("regions: got none, need at least one");
  for (const region of regions)
    if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
      problems.push(`regions: got "${region}", need an AWS region`);
  for (const twice of repeated(regions))
    problems.push(`regions: got "${twice}" twice, need each once`);
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(stateBucket))
    problems.push(`stateBucket: got "${stateBucket}", need the name of a bucket`);
  return problems;
}

/** A star or a colon in a name would widen whom the roles trust. */
function repositoryProblems({ owner, name, ids }: GitHubRepository): string[] {
  const problems: string[] = [];
  if (!/^[A-Za-z0-9](-?[A-Za-z0-9]){0,38}$/.test(owner))
    problems.push(`repository.owner: got "${owner}", need an owner on GitHub`);
  if (!/^[A-Za-z0-9._-]{1,100}$/.test(name))
    problems.push(`repository.name: got "${name}", need the name of a repository`);
  for (const [key, id] of Object.entries(ids ?? {}))
    if (!Number.isInteger(id) || id < 1)
      problems.push(`repository.ids.${key}: got ${id}, need a whole number of at least 1`);
  return problems;
}

function environmentProblems(environments: readonly string[]): string[] {
  const problems: string[] = [];
  if (environments.length === 0) problems.push("environments: got none, need at least one");
  for (const environment of environments) {
    if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(environment))
      problems.push(
        `environments: got "${environment}", need lower-case letters, digits and hyphens`,
      );
    if (environment.endsWith("-preview"))
      problems.push(`environments: got "${environment}", need one that deploys`);
  }
  for (const twice of repeated(environments))
    problems.push(`environments: got "${twice}" twice, need each once`);
  return problems;
}

function roleProblems(spec: DeployRoleSpec): string[] {
  const problems: string[] = [];
  const names = new Set<string>();
  for (const key of ["deployerName", "viewerName", "secretsAdministratorName"] as const) {
    if (!/^[\w+=,.@-]{1,64}$/.test(spec[key]))
      problems.push(`${key}: got "${spec[key]}", need a name in IAM`);
    if (names.has(spec[key]))
      problems.push(`${key}: got "${spec[key]}", need another one than the roles before it`);
    names.add(spec[key]);
  }
  for (const key of ["peopleRoleArns", "secretsPeopleRoleArns"] as const)
    for (const arn of spec[key])
      if (!/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(arn))
        problems.push(`${key}: got "${arn}", need the ARN of a role`);
  for (const role of spec.keptRoles)
    if (!/^[\w+=,.@/*-]*[\w+=,.@-][\w+=,.@/*-]*$/.test(role))
      problems.push(`keptRoles: got "${role}", need the path and name of a role`);
  if (!Number.isInteger(spec.sessionHours) || spec.sessionHours < 1 || spec.sessionHours > 12)
    problems.push(`sessionHours: got ${spec.sessionHours}, need a whole number from 1 to 12`);
  return [...problems, ...reachProblems(spec)];
}

/** A star in a zone or a path would open them all. */
function reachProblems({ services, hostedZoneIds, secretsPath }: DeployRoleSpec): string[] {
  const problems: string[] = [];
  for (const service of services)
    if (!/^[a-z0-9-]+$/.test(service) || ["iam", "sts", "organizations"].includes(service))
      problems.push(`services: got "${service}", need the prefix of a service other than IAM's`);
  for (const id of hostedZoneIds)
    if (!/^Z[A-Z0-9]+$/.test(id))
      problems.push(`hostedZoneIds: got "${id}", need the id of a hosted zone`);
  if (!/^[A-Za-z0-9_+=.@-]+$/.test(secretsPath))
    problems.push(`secretsPath: got "${secretsPath}", need the first part of a secret's name`);
  return problems;
}
