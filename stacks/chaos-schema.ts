import { z } from "zod";

/** What is broken on purpose, when, and what ends it: `auterity:chaos`. */
export const chaosSchema = z.strictObject({
  /** Makes the experiments, and marks what they may hit. */
  enabled: z.boolean(),
  /**
   * The one namespace whose pods may be privileged, for faults of the network; development alone.
   */
  faultNamespace: z.boolean(),
  /** Makes what a node sends to others late; nodes then take commands from Systems Manager. */
  nodeLatency: z.boolean(),
  /** Experiments that start by themselves; development alone. */
  schedules: z.array(z.strictObject({ experiment: z.string(), at: z.string() })),
  /** Of the schedules, in the IANA database. */
  scheduleTimeZone: z.string(),
  /** Alarms on what users see; each ends every experiment. */
  stop: z.strictObject({
    errorPercent: z.number().positive().max(99),
    slowSeconds: z.number().positive().max(60),
    fewestHealthyTargets: z.int().min(0),
  }),
  /** Percent of the month's error budget that every critical service has left, or nobody starts an experiment. */
  leastBudgetPercent: z.int().min(0).max(100),
});
