import { z } from "zod";

const amount = z.number().min(0);
const percent = z.number().min(0).max(100);

/**
 * What is used in a month, as the estimate assumes it: nothing measures a platform that does not run yet. Each is a
 * round number to be replaced by that of the bill; docs/costs.md says why it is what it is.
 */
export const usageSchema = z.strictObject({
  /** Nodes above the least of their class, of those that the class may add, on average over the month. */
  extraNodesPercent: percent,
  /** Hours of nodes in classes that start at none: training. */
  jobNodeHours: amount,
  /** What Spot nodes cost less than On-Demand; 0 is the most that they can cost. */
  spotDiscountPercent: percent,
  /** GiB through NAT gateways, to the internet, between zones (counted once), to other regions, and through interface endpoints. */
  natGib: amount,
  internetGib: amount,
  crossZoneGib: amount,
  crossRegionGib: amount,
  endpointGib: amount,
  /** Capacity units of the load balancer, on average. */
  loadBalancerUnits: amount,
  firewallMillionRequests: amount,
  /** Stored in the database, and what it reads and writes. */
  databaseGib: amount,
  databaseMillionRequests: amount,
  /** Stored, on average: messages of the broker (all nodes), all buckets, all images. */
  brokerGib: amount,
  bucketGib: amount,
  imageGib: amount,
  /** Into CloudWatch Logs in a month; how long they stay is each group's own. */
  logsGib: amount,
  /** In the vaults, all copies together. */
  backupGib: amount,
});

export type MonthlyUsage = z.infer<typeof usageSchema>;
