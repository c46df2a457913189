export { edgeProtectionDefaults, type EdgeProtectionArgs, type LargeBodyPath } from "./args";
export type { ValidationRecord } from "./certificate";
export { EdgeProtection } from "./edge-protection";
export type { BalancerLogs } from "./logs";
export type { EdgeRule } from "./rules";
