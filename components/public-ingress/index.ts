export {
  publicIngressDefaults,
  securityPolicies,
  type AccessLogs,
  type IngressNetwork,
  type PublicIngressArgs,
  type SecurityPolicy,
} from "./args";
export { PublicIngress } from "./public-ingress";
