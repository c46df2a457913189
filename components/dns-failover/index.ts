export type { DnsFailoverArgs, FailoverHost } from "./args";
export { DnsFailover, regionalHost } from "./dns-failover";
