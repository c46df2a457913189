import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ChildOptions } from "./child-options";
import type { LogBucket } from "./log-bucket";

export interface WorkgroupArgs {
  /** Name in AWS. */
  readonly name: string;
  readonly description: string;
  readonly region: string;
  /** Most that one query may read; Athena is paid by it. */
  readonly scanLimitBytes: number;
  /** Results go into its folder `results`, encrypted with its key. */
  readonly results: LogBucket & { readonly key: aws.kms.Key };
  /** Keeps it from being deleted with the history of its queries. */
  readonly protect: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** Where queries run: what one may read and where its results go is not for whoever runs it to choose. */
export function createWorkgroup(
  resourceName: string,
  args: WorkgroupArgs,
  owned: ChildOptions,
): aws.athena.Workgroup {
  const { name, description, region, scanLimitBytes, results, protect, tags } = args;
  return new aws.athena.Workgroup(
    resourceName,
    {
      ...{ region, name, description, tags },
      forceDestroy: !protect,
      configuration: {
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: scanLimitBytes,
        engineVersion: { selectedEngineVersion: "Athena engine version 3" },
        resultConfiguration: {
          outputLocation: pulumi.interpolate`s3://${results.bucket.bucket}/results/`,
          encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: results.key.arn },
        },
      },
    },
    { parent: owned.parent, dependsOn: results.settings },
  );
}

export interface AthenaQuery {
  readonly description: string;
  readonly sql: string;
}

export interface NamedQueriesArgs<Key extends string> {
  readonly region: string;
  readonly database: string;
  readonly workgroup: aws.athena.Workgroup;
  readonly queries: Readonly<Record<Key, AthenaQuery>>;
  /** Of the resource; it is the query's own name too where `queryName` is absent. */
  readonly resourceName: (key: Key) => string;
  readonly queryName?: (key: Key) => string;
}

/** What people find in the console, by key. */
export function createNamedQueries<Key extends string>(
  args: NamedQueriesArgs<Key>,
  owned: ChildOptions,
): Readonly<Record<Key, aws.athena.NamedQuery>> {
  const { region, database, workgroup, queries, resourceName, queryName = resourceName } = args;
  const entries = (Object.entries(queries) as [Key, AthenaQuery][]).map(
    ([key, { description, sql }]) => [
      key,
      new aws.athena.NamedQuery(
        resourceName(key),
        {
          ...{ region, database, description, query: sql },
          ...{ name: queryName(key), workgroup: workgroup.name },
        },
        owned,
      ),
    ],
  );
  return Object.fromEntries(entries) as Record<Key, aws.athena.NamedQuery>;
}

/** How a table reads Parquet. */
export function parquetStorage(
  location: pulumi.Input<string>,
  columns: Readonly<Record<string, string>>,
): aws.types.input.glue.CatalogTableStorageDescriptor {
  return {
    location,
    columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
    inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
    outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
    serDeInfo: {
      serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
      parameters: { "serialization.format": "1" },
    },
  };
}
