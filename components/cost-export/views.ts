import * as aws from "@pulumi/aws";
import type { ChildOptions } from "../shared/child-options";
import { partition } from "./columns";

export interface CostTable {
  readonly database: string;
  readonly table: string;
}

/** As Athena's queries name them. */
type ColumnType = "varchar" | "date" | "double";

export interface CostView {
  readonly name: string;
  readonly description: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly sql: string;
}

export const costViewKeys = ["team", "service", "environment", "pod"] as const;
export type CostViewKey = (typeof costViewKeys)[number];

/** A row for a day; each keeps the partition, so that whoever asks for a month reads no other. */
export function costViews(from: CostTable): Readonly<Record<CostViewKey, CostView>> {
  return {
    team: byTag("team", from),
    service: byTag("service", from),
    environment: byTag("environment", from),
    pod: byPod(from),
  };
}

/** What the figures are told apart by, then what is added up: each by its name, type and where it comes from. */
type Column = readonly [name: string, type: ColumnType, expression: string];

const period: Column = [partition.column, "varchar", partition.column];
const day: Column = ["day", "date", "CAST(line_item_usage_start_date AS date)"];

/** In the export a tag of ours has `user_` before its key, one of AWS's `aws_`; a row without it is "none". */
function tag(name: string, key: string): Column {
  return [name, "varchar", `coalesce(element_at(resource_tags, '${key}'), 'none')`];
}

/** Rows of split cost allocation cost nothing themselves: nodes are counted once. */
function byTag(key: Exclude<CostViewKey, "pod">, from: CostTable): CostView {
  return view(from, {
    name: `costs_by_${key}`,
    description: `What a day cost by the tag ${key} and AWS's service; nodes are under none`,
    by: [period, day, tag(key, `user_${key}`), ["product", "varchar", "line_item_product_code"]],
    sums: [["usd", "double", "sum(line_item_unblended_cost)"]],
  });
}

/** @see https://docs.aws.amazon.com/cur/latest/userguide/table-dictionary-cur2-split-line-item.html */
function byPod(from: CostTable): CostView {
  return view(from, {
    name: "costs_by_pod",
    description: "What pods took of their nodes in a day, and left unused: split cost allocation",
    by: [
      ...[period, day],
      tag("cluster", "aws_eks_cluster_name"),
      tag("namespace", "aws_eks_namespace"),
      tag("workload", "aws_eks_workload_name"),
      ["pod", "varchar", "line_item_resource_id"],
    ],
    sums: [
      ["used_usd", "double", "sum(split_line_item_split_cost)"],
      ["unused_usd", "double", "sum(split_line_item_unused_cost)"],
    ],
    where: "split_line_item_parent_resource_id <> ''",
  });
}

interface ViewParts {
  readonly name: string;
  readonly description: string;
  readonly by: readonly Column[];
  readonly sums: readonly Column[];
  readonly where?: string;
}

function view({ database, table }: CostTable, parts: ViewParts): CostView {
  const { name, description, by, sums, where } = parts;
  const all = [...by, ...sums];
  const selected = all.map(([column, , expression]) =>
    column === expression ? column : `${expression} AS ${column}`,
  );
  return {
    ...{ name, description },
    columns: Object.fromEntries(all.map(([column, type]) => [column, type])),
    sql: `SELECT ${selected.join(", ")}
FROM "${database}"."${table}"${where === undefined ? "" : `\nWHERE ${where}`}
GROUP BY ${by.map((_, index) => index + 1).join(", ")}`,
  };
}

/** As Glue names them. */
const glueTypes: Readonly<Record<ColumnType, string>> = {
  ...{ varchar: "string", date: "date", double: "double" },
};

interface ViewsArgs {
  readonly name: string;
  readonly region: string;
  readonly database: aws.glue.CatalogDatabase;
  readonly from: CostTable;
}

export function createViews(
  { name, region, database, from }: ViewsArgs,
  owned: ChildOptions,
): aws.glue.CatalogTable[] {
  const views = costViews(from);
  return costViewKeys.map((key) => {
    const { description, columns, sql, name: viewName } = views[key];
    return new aws.glue.CatalogTable(
      `${name}-costs-${key}`,
      {
        ...{ region, name: viewName, databaseName: database.name, description },
        tableType: "VIRTUAL_VIEW",
        parameters: { presto_view: "true", comment: "Presto View" },
        storageDescriptor: {
          columns: Object.entries(columns).map(([column, type]) => ({
            ...{ name: column, type: glueTypes[type] },
          })),
        },
        viewOriginalText: viewText(from.database, { columns, sql }),
        viewExpandedText: "/* Presto View */",
      },
      owned,
    );
  });
}

/**
 * What `CREATE VIEW` leaves in the catalogue, without a query that somebody would have to run. A column whose type is not
 * that of the statement makes the view stale, so each is declared.
 * @see https://github.com/trinodb/trino/blob/master/plugin/trino-hive/src/main/java/io/trino/plugin/hive/ViewReaderUtil.java
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/17363
 */
function viewText(database: string, { columns, sql }: Pick<CostView, "columns" | "sql">): string {
  const definition = {
    originalSql: sql,
    catalog: "awsdatacatalog",
    schema: database,
    columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
  };
  return `/* Presto View: ${Buffer.from(JSON.stringify(definition)).toString("base64")} */`;
}
