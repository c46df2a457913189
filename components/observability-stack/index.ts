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
export { dataSources } from "./data-sources";
export { dashboardFolderAnnotation, dashboardLabel } from "./grafana-values";
export { traceIndexPrefix } from "./jaeger-values";
export { logLabels } from "./loki-values";
export { ObservabilityStack } from "./observability-stack";
export { observabilityUdpPorts, telemetryAgent } from "./parts";
export { observabilityPods } from "./sizes";
