export type { EscalationLevel, MaintenanceWindow, PagedTeam, PagingServicesArgs } from "./args";
export { PagingServices } from "./paging-services";
