export type {
  ChaosExperimentsArgs,
  DatabaseFailover,
  Experiments,
  LostNodes,
  NetworkLatency,
  NodeLatency,
  RegionConnectivity,
  StopAlarms,
  ZonePower,
} from "./args";
export { chaosExperimentsDefaults } from "./args";
export { ChaosExperiments } from "./chaos-experiments";
export { experimentNames, faultNamespace } from "./names";
export { ServiceAlarms, serviceAlarmsDefaults, type ServiceAlarmsArgs } from "./service-alarms";
