import type { MonthlyUsage } from "../../../stacks/usage-schema";

/** Nothing is used: only what is paid by the hour or the piece remains. */
export const noUsage: MonthlyUsage = {
  ...{ extraNodesPercent: 0, jobNodeHours: 0, spotDiscountPercent: 0 },
  ...{ natGib: 0, internetGib: 0, crossZoneGib: 0, crossRegionGib: 0, endpointGib: 0 },
  ...{ loadBalancerUnits: 0, firewallMillionRequests: 0 },
  ...{ databaseGib: 0, databaseMillionRequests: 0, brokerGib: 0 },
  ...{ bucketGib: 0, imageGib: 0, logsGib: 0, backupGib: 0 },
};
