import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createNamedQueries, createWorkgroup, parquetStorage } from "../shared/athena";
import type { ChildOptions } from "../shared/child-options";
import type { CostExportSpec } from "./args";
import type { ExportBucket } from "./bucket";
import { exportedColumns, partition } from "./columns";
import { type CostQueryKey, costQueries } from "./queries";
import { createViews } from "./views";

export const exportPrefix = "export";
const tableName = "cost_and_usage";

/** Names that queries are written with, so plain: in Athena without hyphens. */
export function databaseName(name: string): string {
  return `${name.replaceAll("-", "_")}_costs`;
}

interface QueryParts {
  readonly name: string;
  readonly spec: CostExportSpec;
  readonly exportName: string;
  readonly bucket: ExportBucket;
}

/** The export as a table, in which a month is a folder, computed rather than listed; and views on it. */
export function createTable(parts: QueryParts, owned: ChildOptions): void {
  const { name, spec, exportName, bucket } = parts;
  const { region, tags } = spec;
  const database = new aws.glue.CatalogDatabase(
    `${name}-cost-export`,
    { region, name: databaseName(name), description: "Cost and usage of the account", tags },
    owned,
  );
  const location = pulumi.interpolate`s3://${bucket.bucket.bucket}/${exportPrefix}/${exportName}/data`;
  const table = new aws.glue.CatalogTable(
    `${name}-cost-export`,
    {
      region,
      name: tableName,
      databaseName: database.name,
      description: "A row for an hour of what was used, and for a pod's part of its node",
      tableType: "EXTERNAL_TABLE",
      parameters: {
        EXTERNAL: "TRUE",
        classification: "parquet",
        "projection.enabled": "true",
        [`projection.${partition.column}.type`]: "date",
        [`projection.${partition.column}.format`]: "yyyy-MM",
        [`projection.${partition.column}.range`]: "2026-01,NOW",
        [`projection.${partition.column}.interval`]: "1",
        [`projection.${partition.column}.interval.unit`]: "MONTHS",
        "storage.location.template": pulumi.interpolate`${location}/${partition.folder}=$\{${partition.column}}`,
      },
      partitionKeys: [{ name: partition.column, type: "string" }],
      storageDescriptor: parquetStorage(location, exportedColumns),
    },
    owned,
  );
  const from = { database: databaseName(name), table: tableName };
  createViews({ name, region, database, from }, { ...owned, dependsOn: table });
}

/** Where queries run, within a limit, and those that people find in the console. */
export function createQueries(
  { name, spec, bucket }: Omit<QueryParts, "exportName">,
  owned: ChildOptions,
): Readonly<Record<CostQueryKey, aws.athena.NamedQuery>> {
  const { region, tags, protect, scanLimitBytes } = spec;
  const workgroup = createWorkgroup(
    `${name}-cost-export`,
    {
      ...{ region, tags, protect, scanLimitBytes, results: bucket },
      name: `${name}-costs`,
      description: `Queries on what account ${spec.accountId} costs`,
    },
    owned,
  );
  const database = databaseName(name);
  return createNamedQueries(
    {
      ...{ region, database, workgroup },
      queries: costQueries({ database, table: tableName }),
      resourceName: (key) => `${name}-costs-${key}`,
    },
    owned,
  );
}
