export { type NatGateways, secureVpcDefaults, type SecureVpcArgs } from "./args";
export {
  baselineInterfaceEndpoints,
  type InterfaceEndpoint,
  interfaceEndpoints,
} from "./interface-endpoints";
export { SecureVpc } from "./secure-vpc";
export { type PlannedSubnet, planSubnets, type SubnetTier } from "./subnet-plan";
