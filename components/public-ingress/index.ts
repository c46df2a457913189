export {
  publicIngressDefaults,
  securityPolicies,
  type AccessLogs,
  type PublicIngressArgs,
  type SecurityPolicy,
} from "./args";
export { PublicIngress } from "./public-ingress";
