export type { AnomalyThreshold, CostControlsArgs, MonthlyBudget } from "./args";
export { CostControls } from "./cost-controls";
