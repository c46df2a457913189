export { AnomalyAlarms } from "./anomaly-alarms";
export type { AnomalyAlarmsArgs, WatchedMetric } from "./args";
