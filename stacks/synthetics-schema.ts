import { z } from "zod";

/** Canaries of CloudWatch for the critical paths: `auterity:synthetics`. */
export const syntheticsSchema = z.strictObject({
  enabled: z.boolean(),
  /** Between two runs of each; a run costs USD 0.0012. */
  everyMinutes: z.int().min(1).max(60),
  /** That runs and their logs are remembered. */
  retentionDays: z.int(),
});
