export type { TraceStoreArgs } from "./args";
export { TraceStore } from "./trace-store";
