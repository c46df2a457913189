import type { Environment } from "./environment";
import type { MonthlyUsage } from "./usage-schema";

/** What the plan's estimate rests on beside the resources. */
export interface EstimateSettings {
  readonly usage: MonthlyUsage;
  /** Prices of the account's own contract, or of what the table has none for; by the table's keys. */
  readonly ownPricesUsd: Readonly<Record<string, number>>;
  /** Other settings that the environment may have, to show what each costs: by what they are called. */
  readonly variants?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** @public Loaded by the plan when it runs. */
export function estimateSettings({ costs, stage, recovery }: Environment): EstimateSettings {
  const { usage, ownPricesUsd } = costs;
  if (stage !== "recovery") return { usage, ownPricesUsd };
  const other = recovery.mode === "full" ? "pilot-light" : "full";
  const variants = { [`recovery.mode ${other}`]: { "auterity:recovery.mode": other } };
  return { usage, ownPricesUsd, variants };
}
