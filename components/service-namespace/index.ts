export { serviceNamespaceDefaults, type ServiceNamespaceArgs } from "./args";
export { containerLimitsFor, quotaFor } from "./quota";
export { ServiceNamespace } from "./service-namespace";
