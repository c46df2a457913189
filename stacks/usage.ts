import { workingHoursPerWeek } from "../components/shared/working-week";
import type { Environment } from "./environment";
import { workingWeek } from "./nights";
import type { MonthlyUsage } from "./usage-schema";

/** What the plan's estimate rests on beside the resources. */
export interface EstimateSettings {
  readonly usage: MonthlyUsage;
  /** Prices of the account's own contract, or of what the table has none for; by the table's keys. */
  readonly ownPricesUsd: Readonly<Record<string, number>>;
  /** In which services have pods, where they rest at night. Default: always. */
  readonly workingHoursPerWeek?: number;
  /** Other settings that the environment may have, to show what each costs: by what they are called. */
  readonly variants?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** @public Loaded by the plan when it runs. */
export function estimateSettings(environment: Environment): EstimateSettings {
  const { usage, ownPricesUsd } = environment.costs;
  const week = workingWeek(environment);
  return {
    ...{ usage, ownPricesUsd },
    ...(week && { workingHoursPerWeek: workingHoursPerWeek(week) }),
    ...variants(environment, week !== undefined),
  };
}

function variants(
  { stage, recovery }: Environment,
  rests: boolean,
): Pick<EstimateSettings, "variants"> {
  if (rests)
    return {
      variants: { "costs.nights.enabled false": { "auterity:costs.nights.enabled": false } },
    };
  if (stage !== "recovery") return {};
  const other = recovery.mode === "full" ? "pilot-light" : "full";
  return { variants: { [`recovery.mode ${other}`]: { "auterity:recovery.mode": other } } };
}
