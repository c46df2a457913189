import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ChildOptions } from "../shared/child-options";
import type { CostExportSpec } from "./args";
import type { ExportBucket } from "./bucket";
import { exportedColumns, partition } from "./columns";
import { type CostQueryKey, costQueries, costQueryKeys } from "./queries";

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

/** The export as a table: a month is a folder, computed rather than listed. */
export function createTable(parts: QueryParts, owned: ChildOptions): aws.glue.CatalogTable {
  const { name, spec, exportName, bucket } = parts;
  const { region, tags } = spec;
  const database = new aws.glue.CatalogDatabase(
    `${name}-cost-export`,
    { region, name: databaseName(name), description: "Cost and usage of the account", tags },
    owned,
  );
  const location = pulumi.interpolate`s3://${bucket.bucket.bucket}/${exportPrefix}/${exportName}/data`;
  return new aws.glue.CatalogTable(
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
      storageDescriptor: {
        location,
        columns: Object.entries(exportedColumns).map(([column, type]) => ({ name: column, type })),
        inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
        serDeInfo: {
          serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
          parameters: { "serialization.format": "1" },
        },
      },
    },
    owned,
  );
}

/** Where queries run, within a limit, and those that people find in the console. */
export function createQueries(
  { name, spec, bucket }: Omit<QueryParts, "exportName">,
  owned: ChildOptions,
): Readonly<Record<CostQueryKey, aws.athena.NamedQuery>> {
  const { region, tags, protect, scanLimitBytes } = spec;
  const workgroup = new aws.athena.Workgroup(
    `${name}-cost-export`,
    {
      region,
      name: `${name}-costs`,
      description: `Queries on what account ${spec.accountId} costs`,
      forceDestroy: !protect,
      configuration: {
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: scanLimitBytes,
        engineVersion: { selectedEngineVersion: "Athena engine version 3" },
        resultConfiguration: {
          outputLocation: pulumi.interpolate`s3://${bucket.bucket.bucket}/results/`,
          encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: bucket.key.arn },
        },
      },
      tags,
    },
    { parent: owned.parent, dependsOn: bucket.settings },
  );
  const database = databaseName(name);
  const queries = costQueries({ database, table: tableName });
  const entries = costQueryKeys.map((key): [CostQueryKey, aws.athena.NamedQuery] => [
    key,
    new aws.athena.NamedQuery(
      `${name}-costs-${key}`,
      {
        ...{ region, name: `${name}-costs-${key}`, database, workgroup: workgroup.name },
        ...{ description: queries[key].description, query: queries[key].sql },
      },
      owned,
    ),
  ]);
  return Object.fromEntries(entries) as Record<CostQueryKey, aws.athena.NamedQuery>;
}
