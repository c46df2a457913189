import type { ClassPlan, DrReplicationSpec } from "./args";

export const backedUpClasses = ["vital", "reproducible"] as const;
export type BackedUpClass = (typeof backedUpClasses)[number];

/** How often, in UTC; windows of the database and of its maintenance lie elsewhere. */
const schedules = {
  continuous: "cron(0 4 * * ? *)",
  daily: "cron(0 5 * * ? *)",
  weekly: "cron(0 6 ? * SUN *)",
  monthly: "cron(0 7 1 * ? *)",
} as const;
type Frequency = keyof typeof schedules;

export interface PlannedRule {
  readonly frequency: Frequency;
  readonly schedule: string;
  readonly deleteAfterDays: number;
  readonly coldAfterDays: number | undefined;
  /** A copy is a snapshot of its moment, so one of continuous backups would be no more than the daily ones are. */
  readonly copied: boolean;
}

/** What is made of one class; copies are for what must never be lost. */
export function plannedRules(dataClass: BackedUpClass, plan: ClassPlan): PlannedRule[] {
  const days: Readonly<Record<Frequency, number>> = {
    continuous: plan.continuousDays,
    daily: plan.dailyDays,
    weekly: plan.weeklyDays,
    monthly: plan.monthlyDays,
  };
  return (Object.keys(schedules) as Frequency[])
    .filter((frequency) => days[frequency] > 0)
    .map((frequency) => ({
      frequency,
      schedule: schedules[frequency],
      deleteAfterDays: days[frequency],
      coldAfterDays:
        frequency === "monthly" && plan.coldAfterDays > 0 ? plan.coldAfterDays : undefined,
      copied: dataClass === "vital" && frequency !== "continuous",
    }));
}

/** Of all rules, what a vault has to let in. */
export function retentionRange({ plans }: Pick<DrReplicationSpec, "plans">): {
  readonly least: number;
  readonly most: number;
} {
  const days = backedUpClasses.flatMap((dataClass) =>
    plannedRules(dataClass, plans[dataClass]).map(({ deleteAfterDays }) => deleteAfterDays),
  );
  return { least: Math.min(...days), most: Math.max(...days) };
}
