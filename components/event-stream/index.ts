export { EventStream } from "./event-stream";
export type { EventStreamArgs } from "./args";
export { eventStreamClientStatements } from "./policies";
