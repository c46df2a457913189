import { partition } from "./columns";

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

interface CostQuery {
  readonly description: string;
  readonly sql: string;
}

export interface CostTable {
  readonly database: string;
  readonly table: string;
}

const mostRows = 500;

/** Of the month in which it runs; a value that a row does not have is "none". */
export function costQueries({
  database,
  table,
}: CostTable): Readonly<Record<CostQueryKey, CostQuery>> {
  const from = `FROM "${database}"."${table}"
WHERE ${partition.column} = date_format(current_date, '%Y-%m')`;
  return {
    "by-team": ofTag("team", from),
    "by-service": ofTag("service", from),
    "by-environment": ofTag("environment", from),
    "nodes-by-namespace": {
      description:
        "What pods take of the nodes this month, by namespace and workload: split cost allocation, used and left unused",
      sql: `SELECT ${tag("aws_eks_namespace")} AS namespace, ${tag("aws_eks_workload_name")} AS workload,
  sum(split_line_item_split_cost) AS used_usd, sum(split_line_item_unused_cost) AS unused_usd
${from} AND split_line_item_parent_resource_id <> ''
GROUP BY 1, 2
ORDER BY used_usd DESC, namespace, workload
LIMIT ${mostRows}`,
    },
    "idle-nodes": {
      description: "What nodes cost this month that no pod used, by day and cluster",
      sql: `SELECT date_trunc('day', line_item_usage_start_date) AS day, ${tag("aws_eks_cluster_name")} AS cluster,
  sum(split_line_item_unused_cost) AS unused_usd
${from} AND split_line_item_parent_resource_id <> ''
GROUP BY 1, 2
ORDER BY day, cluster
LIMIT ${mostRows}`,
    },
    "nat-traffic": ofUsage("NatGateway", "What NAT gateways cost this month, by gateway", from),
    "traffic-between-zones": ofUsage(
      "DataTransfer-Regional-Bytes",
      "What traffic between zones cost this month, by what sent it",
      from,
    ),
  };
}

/** In the export a tag of ours has `user_` before its key, one of AWS's `aws_`. */
function tag(key: string): string {
  return `coalesce(element_at(resource_tags, '${key}'), 'none')`;
}

function ofTag(key: string, from: string): CostQuery {
  return {
    description: `What this month has cost so far, by the tag ${key} and AWS's service; nodes are under none`,
    // Rows of split cost allocation cost nothing themselves: nodes are counted once.
    sql: `SELECT ${tag(`user_${key}`)} AS ${key}, line_item_product_code AS product, sum(line_item_unblended_cost) AS usd
${from}
GROUP BY 1, 2
ORDER BY usd DESC, ${key}, product
LIMIT ${mostRows}`,
  };
}

function ofUsage(usage: string, description: string, from: string): CostQuery {
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
