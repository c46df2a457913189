import type { Environment } from "../environment";
import type { WellFormed } from "../environment-rules";

const path = "auterity:alerting";

/**
 * Whether who is to be paged can be.
 * @param teams Those that services belong to, and the platform's own.
 */
export function alertingProblems(
  { alerting }: WellFormed<Environment>,
  teams: readonly string[],
): string[] {
  const { receivers, pagerDutyTeams = [], pagerDuty } = alerting ?? {};
  const problems: string[] = [];
  const unpaged = teams.filter((team) => !pagerDutyTeams.includes(team));
  if (pagerDutyTeams.length > 0 && unpaged.length > 0)
    problems.push(
      `${path}.pagerDutyTeams: lacks ${unpaged.join(", ")}, whose critical alerts would page nobody; need all teams, or none`,
    );
  if (receivers === "alarm-topic" && pagerDutyTeams.length > 0)
    problems.push(
      `${path}.pagerDutyTeams: got ${pagerDutyTeams.join(", ")} with receivers alarm-topic, which pages nobody; need none, or receivers: teams`,
    );
  if (pagerDuty?.services !== "managed") return problems;
  if (receivers === "alarm-topic")
    problems.push(
      `${path}.pagerDuty.services: got "managed" with receivers alarm-topic, which pages nobody; need by-hand, or receivers: teams`,
    );
  const known = Object.keys(pagerDuty.teams ?? {});
  for (const team of pagerDutyTeams)
    if (!known.includes(team))
      problems.push(
        `${path}.pagerDuty.teams.${team}: missing, need its levels of escalation; its critical alerts would call nobody`,
      );
  for (const team of known)
    if (!pagerDutyTeams.includes(team))
      problems.push(
        `${path}.pagerDuty.teams.${team}: got a team that is not among pagerDutyTeams, remove it or name it there`,
      );
  return problems;
}
