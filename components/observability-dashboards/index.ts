export { type DashboardsArgs, type ObservabilityDashboardsArgs, resolveDashboards } from "./args";
export { labelNames } from "./panels";
export { dashboardJson } from "./config-maps";
export { ObservabilityDashboards } from "./observability-dashboards";
export { type Dashboard, newDashboard, type PlannedDashboard } from "./planned";
export { isRow, panelsOf, targetsOf } from "./problems";
export { withoutMacros } from "./query-problems";
export { sources } from "./sources";
