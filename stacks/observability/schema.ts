import { z } from "zod";
import { text, unassigned } from "../schema-text";

const runbookUrl = `need https:// without a slash at its end, or ${unassigned}`;

export const alertingSchema = z.strictObject({
  /** Where docs/runbooks is read by whoever is paged. */
  runbookUrl: z.union(
    [z.literal(unassigned), text(/^https:\/\/[^\s/]+\S*[^\s/]$/, runbookUrl)],
    runbookUrl,
  ),
  /**
   * Who is told: "alarm-topic", the environment's alarm topic, of critical and warning alerts; "teams", the chat of each team and
   * its service of PagerDuty, whose addresses and keys are secrets (docs/paging.md).
   */
  receivers: z.enum(["alarm-topic", "teams"]),
  /** Teams that have a routing key of PagerDuty: all of them, or none, and then nobody is paged. */
  pagerDutyTeams: z.array(z.string()),
  pagerDuty: z.strictObject({
    /** "by-hand": people make the services and fill in their keys; "managed": the program does, with pagerduty:token. */
    services: z.enum(["by-hand", "managed"]),
    /** Who is called, by team; with "managed" each of `pagerDutyTeams`. */
    teams: z.record(
      z.string(),
      z.strictObject({
        /** One after the other, until somebody acknowledges. */
        levels: z.array(
          z.strictObject({
            /** Until the next level is called. */
            minutes: z.int(),
            /** As PagerDuty shows them in the address of each. */
            scheduleIds: z.array(z.string()),
            userIds: z.array(z.string()),
          }),
        ),
      }),
    ),
    /** Times in which the services of some teams call nobody, such as a move that was announced. */
    maintenanceWindows: z.record(
      z.string(),
      z.strictObject({
        description: z.string(),
        /** With an offset or Z. */
        from: z.string(),
        to: z.string(),
        teams: z.array(z.string()),
      }),
    ),
  }),
  /** USD that a service's questions to language models may cost a day before somebody looks. */
  aiSpendPerDay: z.number().positive(),
});
