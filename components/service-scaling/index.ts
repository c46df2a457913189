export { serviceScalingDefaults, type ServiceScalingArgs } from "./args";
export { ServiceScaling } from "./service-scaling";
