export { ServiceIdentity } from "./service-identity";
export type { ServiceIdentityArgs } from "./args";
