export type {
  AlertingSettings,
  GrafanaSettings,
  LogSettings,
  MetricsSettings,
  ObservabilityStackArgs,
  ProbedPage,
  ScrapeTarget,
  TraceSettings,
  TraceStorage,
} from "./args";
export { chartKeys, imageKeys } from "./args";
export {
  defaultConfiguration,
  heartbeat,
  heartbeatReceiver,
  heartbeatRoute,
  receiverFolder,
  topicReceiver,
} from "./alertmanager-values";
export { dashboardFolderAnnotation, dashboardLabel } from "./grafana-values";
export { traceIndexPrefix } from "./jaeger-values";
export { ObservabilityStack } from "./observability-stack";
export { observabilityUdpPorts, telemetryAgent } from "./parts";
export { observabilityPods } from "./sizes";
