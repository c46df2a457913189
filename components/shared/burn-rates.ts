/**
 * When an error budget is used up too fast. A burn rate of 1 uses it up exactly at the end of the objective's window. An
 * alert needs the rate over a long window, so that a short spike is none, and over a short one, so that it ends soon after
 * the cause. Each row says which share of the budget may be gone in the long window.
 * @see https://sre.google/workbook/alerting-on-slos/ table 5-8; the row of one day is the one that Sloth and the SRE
 * book's older edition add between six hours and three days.
 */
export const burnWindows = [
  { alert: "page", long: "1h", short: "5m", budgetShare: 0.02 },
  { alert: "page", long: "6h", short: "30m", budgetShare: 0.05 },
  { alert: "ticket", long: "1d", short: "2h", budgetShare: 0.1 },
  { alert: "ticket", long: "3d", short: "6h", budgetShare: 0.1 },
] as const;

export type BurnWindow = (typeof burnWindows)[number];
export type WindowLength = BurnWindow["long"] | BurnWindow["short"];

export const windowSeconds: Readonly<Record<WindowLength, number>> = {
  "5m": 300,
  "30m": 1800,
  "1h": 3600,
  "2h": 7200,
  "6h": 21_600,
  "1d": 86_400,
  "3d": 259_200,
};

/** Shorter objectives would raise tickets for what they allow: a tenth of a week's budget in three days is less than even. */
export const shortestObjectiveDays = 28;

/** How much faster than even the budget goes, at which the alert is raised; never below 1, which is even. */
export function burnRate({ budgetShare, long }: BurnWindow, windowDays: number): number {
  return Math.max(1, rounded((budgetShare * windowDays * 86_400) / windowSeconds[long]));
}

/** The ratio of errors above which the alert is raised. */
export function burnThreshold(
  window: BurnWindow,
  objective: { readonly targetPercent: number; readonly windowDays: number },
): number {
  return rounded((burnRate(window, objective.windowDays) * (100 - objective.targetPercent)) / 100);
}

/** 0.0072, not 0.007199999999999591. */
export function rounded(value: number): number {
  return Number(value.toFixed(6));
}
