import { z } from "zod";
import { text, unassigned } from "../schema-text";

const runbookUrl = `need https:// without a slash at its end, or ${unassigned}`;

export const alertingSchema = z.strictObject({
  /** Where docs/runbooks is read by whoever is paged. */
  runbookUrl: z.union(
    [z.literal(unassigned), text(/^https:\/\/[^\s/]+\S*[^\s/]$/, runbookUrl)],
    runbookUrl,
  ),
  /** Teams that have a routing key of PagerDuty: all of them, or none, and then nobody is paged. */
  pagerDutyTeams: z.array(z.string()),
  /** USD that a service's questions to language models may cost a day before somebody looks. */
  aiSpendPerDay: z.number().positive(),
});
