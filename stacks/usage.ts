import type { Environment } from "./environment";
import type { MonthlyUsage } from "./usage-schema";

/** What the plan's estimate rests on beside the resources. */
export interface EstimateSettings {
  readonly usage: MonthlyUsage;
  /** Prices of the account's own contract, or of what the table has none for; by the table's keys. */
  readonly ownPricesUsd: Readonly<Record<string, number>>;
}

export function estimateSettings({ costs }: Environment): EstimateSettings {
  return { usage: costs.usage, ownPricesUsd: costs.ownPricesUsd };
}
