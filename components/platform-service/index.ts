export { platformServiceDefaults, type PlatformServiceArgs, type SecretKey } from "./args";
export { PlatformService } from "./platform-service";
export { PriorityClasses, type PriorityClassesArgs } from "./priority-classes";
