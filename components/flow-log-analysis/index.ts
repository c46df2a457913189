export type { AllowedFlow } from "./allowed-flows";
export type { FlowLogAnalysisArgs, TieredSubnet } from "./args";
export { catalogueFlows } from "./catalogue-flows";
export { FlowLogAnalysis } from "./flow-log-analysis";
