export { CostExport } from "./cost-export";
export type { CostExportArgs } from "./args";
