import { isDnsLabel } from "../../shared/kubernetes-names";
import { isTimeZone } from "../../shared/time-zone";

/** Who is told of what, and how. */
export interface AlertingArgs {
  /** Every team that an alert may name; the first one gets what names none. */
  readonly teams: readonly string[];
  /**
   * Key of the synced secret that holds the team's routing key of PagerDuty, by team. Empty where nobody is paged, as in
   * development: critical alerts then go to the chat alone.
   */
  readonly pagerDutyKeys: Readonly<Record<string, string>>;
  /** Folder in Alertmanager's pods where the synced secret is mounted. */
  readonly secretsFolder: string;
  /** Folder of the teams' keys, where they are apart from the other addresses. Default: `secretsFolder`. */
  readonly pagerDutyFolder?: string;
  /** Warnings are sent while people work; what still holds in the morning is sent then. */
  readonly officeHours: {
    /** IANA name. */
    readonly timeZone: string;
    /** Hours of the day, "07:00". */
    readonly from: string;
    readonly to: string;
  };
}

/** Keys of the synced secret beside the teams' own: addresses that are secrets themselves. */
export const chatKey = "chat-url";
export const deadMansSwitchKey = "dead-mans-switch-url";

/** Every file that the configuration names, from the folder to the key. */
export function receiverFiles(args: AlertingArgs): string[] {
  const { secretsFolder, pagerDutyFolder = secretsFolder, pagerDutyKeys } = args;
  return [
    ...[chatKey, deadMansSwitchKey].map((key) => `${secretsFolder}/${key}`),
    ...Object.values(pagerDutyKeys).map((key) => `${pagerDutyFolder}/${key}`),
  ].sort();
}

/** @param teams Those that the alerts name. */
export function alertingProblems(args: AlertingArgs, teams: readonly string[]): string[] {
  const problems: string[] = [];
  if (args.teams.length === 0) problems.push("alerting.teams: got none, need at least one");
  for (const team of args.teams)
    if (!isDnsLabel(team)) problems.push(`alerting.teams: got "${team}", need a DNS label`);
  for (const team of new Set(teams))
    if (!args.teams.includes(team))
      problems.push(
        `alerting.teams: got alerts of ${team}, need it among ${args.teams.join(", ")}`,
      );
  problems.push(...keyProblems(args));
  for (const key of ["secretsFolder", "pagerDutyFolder"] as const) {
    const folder = args[key];
    if (folder !== undefined && !/^\/[\w./-]+[^/]$/.test(folder))
      problems.push(
        `alerting.${key}: got "${folder}", need an absolute folder without a slash at its end`,
      );
  }
  const { timeZone, from, to } = args.officeHours;
  if (!isTimeZone(timeZone))
    problems.push(`alerting.officeHours.timeZone: got "${timeZone}", need an IANA time zone`);
  const hour = /^([01]\d|2[0-3]):[0-5]\d$/;
  for (const [key, value] of Object.entries({ from, to }))
    if (!hour.test(value))
      problems.push(`alerting.officeHours.${key}: got "${value}", need an hour such as 07:00`);
  if (hour.test(from) && hour.test(to) && from >= to)
    problems.push(`alerting.officeHours.to: got "${to}", need a later hour than ${from}`);
  return problems;
}

/** Half of the teams paged would be half of the incidents missed. */
function keyProblems({ teams, pagerDutyKeys }: AlertingArgs): string[] {
  const keyed = Object.keys(pagerDutyKeys);
  if (keyed.length === 0) return [];
  return [
    ...teams
      .filter((team) => !keyed.includes(team))
      .map(
        (team) =>
          `alerting.pagerDutyKeys.${team}: got nothing, need the key of the secret that holds the team's routing key; its critical alerts would page nobody`,
      ),
    ...keyed
      .filter((team) => !teams.includes(team))
      .map((team) => `alerting.pagerDutyKeys.${team}: got a key, need one of ${teams.join(", ")}`),
    ...Object.entries(pagerDutyKeys)
      .filter(([, key]) => !/^[-._a-zA-Z0-9]+$/.test(key))
      .map(
        ([team, key]) => `alerting.pagerDutyKeys.${team}: got "${key}", need the key of a secret`,
      ),
    ...Object.entries(pagerDutyKeys)
      // The values themselves look like this; one of them here would stand in the state and in the repository.
      .filter(([, key]) => /^[A-Za-z0-9+]{20,}$/.test(key))
      .map(
        ([team]) =>
          `alerting.pagerDutyKeys.${team}: got what looks like a routing key itself, need the key of the secret that holds it`,
      ),
  ];
}
