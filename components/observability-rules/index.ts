export { alertmanagerConfiguration } from "./alertmanager/configuration";
export type { AlertmanagerConfiguration, Receiver, Route } from "./alertmanager/configuration";
export { type AlertingArgs, receiverFiles } from "./alertmanager/args";
export { type ObservabilityRulesArgs, resolveRules, type RulesArgs } from "./args";
export { restingAlerts, withQuietNights } from "./alertmanager/quiet-nights";
export { awakeProbeRecord } from "./alerts/awake";
export { canaryRunRecord } from "./alerts/canaries";
export { nodeZones } from "./alerts/context";
export { availablePods } from "./alerts/services";
export { cloudWatch, cloudWatchMetrics } from "./cloudwatch";
export { serviceDashboard } from "./dashboard-of";
export { parseExpression, type ParsedExpression } from "./expression";
export { expressionLabels, type LabelsOf } from "./expression-labels";
export { type Exporter, exporters } from "./exporters";
export { type RuleFile, ruleFiles } from "./files";
export { ObservabilityRules } from "./observability-rules";
export { knownSeries, ruleProblems } from "./problems";
export { seriesLabels } from "./series-labels";
export {
  type AlertRule,
  isAlert,
  type PrometheusGroup,
  type PrometheusRule,
  type RecordingRule,
  type RuleGroup,
  type Severity,
} from "./rule";
export {
  countedOnly,
  counted,
  measured,
  type Objective,
  objectivesOf,
  serviceSelector,
} from "./slo/objective";
