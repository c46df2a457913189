/**
 * What is exported of the Cost and Usage Report 2.0, in Athena's types. Those of `split_line_item` are there because
 * split cost allocation is asked for.
 * @see https://docs.aws.amazon.com/cur/latest/userguide/table-dictionary-cur2.html
 */
export const exportedColumns = {
  bill_billing_period_start_date: "timestamp",
  line_item_usage_start_date: "timestamp",
  line_item_usage_account_id: "string",
  line_item_line_item_type: "string",
  line_item_product_code: "string",
  line_item_usage_type: "string",
  line_item_operation: "string",
  line_item_resource_id: "string",
  line_item_usage_amount: "double",
  line_item_unblended_cost: "double",
  product_region_code: "string",
  resource_tags: "map<string,string>",
  split_line_item_parent_resource_id: "string",
  split_line_item_split_cost: "double",
  split_line_item_unused_cost: "double",
} as const;

/** The one column that Data Exports makes a folder of. */
export const partition = { column: "billing_period", folder: "BILLING_PERIOD" } as const;

export const exportTable = "COST_AND_USAGE_REPORT";

export function exportStatement(): string {
  return `SELECT ${Object.keys(exportedColumns).join(", ")} FROM ${exportTable}`;
}
