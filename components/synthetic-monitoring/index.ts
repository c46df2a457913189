export type { Canary, CanaryStep, CanaryUser, SyntheticMonitoringArgs } from "./args";
export { canaryName } from "./plan";
export { SyntheticMonitoring } from "./synthetic-monitoring";
