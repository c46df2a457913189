import type { AthenaQuery } from "../shared/athena";
import { partition } from "./columns";
import { type CostTable, type CostViewKey, costViews } from "./views";

export const costQueryKeys = [
  "by-team",
  "by-service",
  "by-environment",
  "nodes-by-namespace",
  "idle-nodes",
  "nat-traffic",
  "traffic-between-zones",
] as const;
export type CostQueryKey = (typeof costQueryKeys)[number];

const mostRows = 500;

/** Of the month in which it runs; a value that a row does not have is "none". */
export function costQueries(from: CostTable): Readonly<Record<CostQueryKey, AthenaQuery>> {
  const { database, table } = from;
  const views = costViews(from);
  const ofView = (key: CostViewKey): string => thisMonth(database, views[key].name);
  return {
    "by-team": byTag("team", ofView("team")),
    "by-service": byTag("service", ofView("service")),
    "by-environment": byTag("environment", ofView("environment")),
    "nodes-by-namespace": {
      description:
        "What pods take of the nodes this month, by namespace and workload: split cost allocation, used and left unused",
      sql: `SELECT namespace, workload, sum(used_usd) AS used_usd, sum(unused_usd) AS unused_usd
${ofView("pod")}
GROUP BY 1, 2
ORDER BY used_usd DESC, namespace, workload
LIMIT ${mostRows}`,
    },
    "idle-nodes": {
      description: "What nodes cost this month that no pod used, by day and cluster",
      sql: `SELECT day, cluster, sum(unused_usd) AS unused_usd
${ofView("pod")}
GROUP BY 1, 2
ORDER BY day, cluster
LIMIT ${mostRows}`,
    },
    "nat-traffic": ofUsage(
      "NatGateway",
      "What NAT gateways cost this month, by gateway",
      thisMonth(database, table),
    ),
    "traffic-between-zones": ofUsage(
      "DataTransfer-Regional-Bytes",
      "What traffic between zones cost this month, by what sent it",
      thisMonth(database, table),
    ),
  };
}

function thisMonth(database: string, relation: string): string {
  return `FROM "${database}"."${relation}"
WHERE ${partition.column} = date_format(current_date, '%Y-%m')`;
}

function byTag(key: string, from: string): AthenaQuery {
  return {
    description: `What this month has cost so far, by the tag ${key} and AWS's service; nodes are under none`,
    sql: `SELECT ${key}, product, sum(usd) AS usd
${from}
GROUP BY 1, 2
ORDER BY usd DESC, ${key}, product
LIMIT ${mostRows}`,
  };
}

function ofUsage(usage: string, description: string, from: string): AthenaQuery {
  return {
    description,
    sql: `SELECT line_item_resource_id AS resource, line_item_usage_type AS usage_type,
  sum(line_item_usage_amount) AS amount, sum(line_item_unblended_cost) AS usd
${from} AND line_item_usage_type LIKE '%${usage}%'
GROUP BY 1, 2
ORDER BY usd DESC, resource, usage_type
LIMIT ${mostRows}`,
  };
}
