export { serviceScalingDefaults, type ServiceScalingArgs, type WorkingHours } from "./args";
export { ServiceScaling } from "./service-scaling";
