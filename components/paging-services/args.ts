import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { isDnsLabel } from "../shared/kubernetes-names";

/** Everybody of a level is called at once. Ids are the last part of the page's address in PagerDuty. */
export interface EscalationLevel {
  /** Until the next level is called, unless somebody acknowledges: 1 to 1440. */
  readonly minutes: number;
  /** Whoever is on call there. Schedules are kept by people, in PagerDuty. */
  readonly scheduleIds: readonly string[];
  readonly userIds: readonly string[];
}

export interface PagedTeam {
  /** One after the other. */
  readonly levels: readonly EscalationLevel[];
}

/** A time in which services call nobody, for what was announced. */
export interface MaintenanceWindow {
  readonly description: string;
  /** ISO 8601 with Z or an offset: "2027-03-01T22:00:00Z". */
  readonly from: string;
  readonly to: string;
  readonly teams: readonly string[];
}

export interface PagingServicesArgs {
  /** Part of the names in PagerDuty, which are unique in the account: auterity-ENVIRONMENT-TEAM. */
  readonly environment: string;
  /** Every team whose critical alerts page; each needs its levels in `teams`. */
  readonly pagedTeams: readonly string[];
  readonly teams: Readonly<Record<string, PagedTeam>>;
  /** By a name of their own, which is never used again: a window that is over stays as it was. Default: {}. */
  readonly maintenanceWindows?: Readonly<Record<string, MaintenanceWindow>>;
  /** How often the levels are gone through again when nobody acknowledges: 0 to 9. Default: 3. */
  readonly repeats?: number;
  /** After which an incident that was acknowledged and is not resolved calls again. Default: 60. */
  readonly acknowledgementMinutes?: number;
  /** Takes the teams' routing keys. */
  readonly secret: {
    readonly region: string;
    /** In AWS Secrets Manager; whoever deploys may write it. */
    readonly arn: Input<string>;
    /** By team, the key of the secret's JSON object. */
    readonly keys: Readonly<Record<string, string>>;
  };
}

export const pagingServicesDefaults = {
  maintenanceWindows: {},
  repeats: 3,
  acknowledgementMinutes: 60,
} as const;

export type PagingServicesSpec = Required<PagingServicesArgs>;

/** @see https://support.pagerduty.com/docs/escalation-policies */
const mostRepeats = 9;
/** @see https://developer.pagerduty.com/api-reference/b3A6Mjc0ODEyNQ-create-an-escalation-policy */
const mostTargets = 10;

export function resolvePagingServicesArgs(
  name: string,
  args: PagingServicesArgs,
): PagingServicesSpec {
  const spec = { ...pagingServicesDefaults, ...args };
  const problems = [
    ...settingProblems(spec),
    ...pagedProblems(spec),
    ...Object.entries(spec.teams).flatMap(([team, paged]) => levelProblems(team, paged)),
    ...windowProblems(spec),
  ];
  if (problems.length > 0) throw new ArgsError("PagingServices", name, problems);
  return spec;
}

function settingProblems(spec: PagingServicesSpec): string[] {
  const { environment, repeats, acknowledgementMinutes } = spec;
  const problems: string[] = [];
  if (!isDnsLabel(environment))
    problems.push(`environment: got "${environment}", need a DNS label`);
  if (!isCount(repeats, 0, mostRepeats))
    problems.push(`repeats: got ${repeats}, need 0 to ${mostRepeats}`);
  if (!isCount(acknowledgementMinutes, 1, 1440))
    problems.push(`acknowledgementMinutes: got ${acknowledgementMinutes}, need 1 to 1440`);
  if (spec.pagedTeams.length === 0) problems.push("pagedTeams: got none, need at least one");
  return problems;
}

function pagedProblems({ pagedTeams, teams, secret }: PagingServicesSpec): string[] {
  return [
    ...pagedTeams
      .filter((team) => !isDnsLabel(team))
      .map((team) => `pagedTeams: got "${team}", need a DNS label`),
    ...pagedTeams
      .filter((team) => teams[team] === undefined)
      .map(
        (team) =>
          `teams.${team}: got nothing, need its levels of escalation; its critical alerts would call nobody`,
      ),
    ...pagedTeams
      .filter((team) => secret.keys[team] === undefined)
      .map(
        (team) =>
          `secret.keys.${team}: got nothing, need the key of the secret that takes the team's routing key`,
      ),
    ...Object.keys(teams)
      .filter((team) => !pagedTeams.includes(team))
      .map((team) => `teams.${team}: got a team that is not paged, need one of pagedTeams`),
  ];
}

function levelProblems(team: string, { levels }: PagedTeam): string[] {
  const path = `teams.${team}.levels`;
  if (levels.length === 0) return [`${path}: got none, need at least one`];
  return levels.flatMap(({ minutes, scheduleIds, userIds }, index) => {
    const targets = [...scheduleIds, ...userIds];
    return [
      ...(isCount(minutes, 1, 1440)
        ? []
        : [`${path}[${index}].minutes: got ${minutes}, need 1 to 1440`]),
      ...(isCount(targets.length, 1, mostTargets)
        ? []
        : [
            `${path}[${index}]: got ${targets.length} schedules and users, need 1 to ${mostTargets}`,
          ]),
      ...targets
        .filter((id) => !/^[A-Z0-9]{6,14}$/.test(id))
        .map(
          (id) =>
            `${path}[${index}]: got "${id}", need the id that stands in the page's address, such as PABC123`,
        ),
    ];
  });
}

function windowProblems({ maintenanceWindows, pagedTeams }: PagingServicesSpec): string[] {
  const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/;
  return Object.entries(maintenanceWindows).flatMap(([key, { description, from, to, teams }]) => {
    const path = `maintenanceWindows.${key}`;
    const problems: string[] = [];
    if (!isDnsLabel(key))
      problems.push(`maintenanceWindows: got the name "${key}", need a DNS label`);
    if (description.trim() === "") problems.push(`${path}.description: got nothing, need why`);
    for (const [end, value] of Object.entries({ from, to }))
      if (!moment.test(value) || Number.isNaN(Date.parse(value)))
        problems.push(
          `${path}.${end}: got "${value}", need a moment with its offset, such as 2027-03-01T22:00:00Z`,
        );
    if (Date.parse(to) <= Date.parse(from))
      problems.push(`${path}.to: got "${to}", need a later moment than ${from}`);
    if (teams.length === 0) problems.push(`${path}.teams: got none, need at least one`);
    for (const team of teams)
      if (!pagedTeams.includes(team))
        problems.push(`${path}.teams: got "${team}", need one of ${pagedTeams.join(", ")}`);
    return problems;
  });
}

function isCount(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
