import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import { type CostExportArgs, resolveCostExportArgs } from "./args";
import { createBucket } from "./bucket";
import { exportStatement, exportTable } from "./columns";
import type { CostQueryKey } from "./queries";
import { createQueries, createTable, databaseName, exportPrefix } from "./table";

/**
 * What the account costs, hour by hour and pod by pod (CUR 2.0 with split cost allocation), in a bucket with queries that
 * people run in Athena. The export is free, its storage and what a query reads are paid.
 */
export class CostExport extends pulumi.ComponentResource {
  readonly databaseName: pulumi.Output<string>;
  /** Ids of the named queries. */
  readonly queryIds: Readonly<Record<CostQueryKey, pulumi.Output<string>>>;

  constructor(name: string, args: CostExportArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveCostExportArgs(name, args);
    super("platform:cost:CostExport", name, spec, opts);
    const owned = childOptions(this, opts);
    const exportName = `${name}-costs`;

    const bucket = createBucket(name, spec, owned);
    new aws.bcmdata.Export(
      `${name}-cost-export`,
      {
        export: {
          name: exportName,
          description: `Cost and usage for ${name}`,
          dataQueries: [
            {
              queryStatement: exportStatement(),
              tableConfigurations: {
                [exportTable]: {
                  BILLING_VIEW_ARN: `arn:aws:billing::${spec.accountId}:billingview/primary`,
                  TIME_GRANULARITY: "HOURLY",
                  INCLUDE_RESOURCES: "TRUE",
                  INCLUDE_MANUAL_DISCOUNT_COMPATIBILITY: "FALSE",
                  // Pods by namespace and workload; the account that pays opts in once: docs/costs.md.
                  INCLUDE_SPLIT_COST_ALLOCATION_DATA: "TRUE",
                },
              },
            },
          ],
          destinationConfigurations: [
            {
              s3Destinations: [
                {
                  s3Bucket: bucket.bucket.bucket,
                  s3Prefix: exportPrefix,
                  s3Region: spec.region,
                  s3OutputConfigurations: [
                    {
                      overwrite: "OVERWRITE_REPORT",
                      format: "PARQUET",
                      compression: "PARQUET",
                      outputType: "CUSTOM",
                    },
                  ],
                },
              ],
            },
          ],
          refreshCadences: [{ frequency: "SYNCHRONOUS" }],
        },
        tags: spec.tags,
      },
      { parent: this, dependsOn: bucket.settings },
    );
    createTable({ name, spec, exportName, bucket }, owned);
    const queries = createQueries({ name, spec, bucket }, owned);

    this.databaseName = pulumi.output(databaseName(name));
    const ids = Object.entries(queries).map(([key, { id }]) => [key, id]);
    this.queryIds = Object.fromEntries(ids) as Record<CostQueryKey, pulumi.Output<string>>;
    this.registerOutputs({ databaseName: this.databaseName, queryIds: this.queryIds });
  }
}
