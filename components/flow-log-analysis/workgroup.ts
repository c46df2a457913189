import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ChildOptions } from "../shared/child-options";
import type { ResolvedFlowLogAnalysisArgs } from "./args";
import { flowLogQueries, type QueryKey, queryKeys } from "./queries";
import type { Results } from "./results";
import { databaseName, tableName } from "./table";

interface WorkgroupArgs {
  /** Start of the children's names. */
  readonly name: string;
  readonly spec: ResolvedFlowLogAnalysisArgs;
  readonly results: Results;
}

/** Where queries run: what one may read and where its results go is not for whoever runs it to choose. */
export function createWorkgroup(
  { name, spec, results }: WorkgroupArgs,
  owned: ChildOptions,
): aws.athena.Workgroup {
  const { region, scanLimitBytes, protect, tags } = spec;
  return new aws.athena.Workgroup(
    `${name}-workgroup`,
    {
      region,
      name: `${name}-flow-logs`,
      description: `Queries on the flow logs of ${name}`,
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
      tags,
    },
    { parent: owned.parent, dependsOn: results.settings },
  );
}

/** What people find in the console, by key; the check runs some of them. */
export function createQueries(
  { name, spec }: Omit<WorkgroupArgs, "results">,
  workgroup: aws.athena.Workgroup,
  owned: ChildOptions,
): Readonly<Record<QueryKey, aws.athena.NamedQuery>> {
  const database = databaseName(name);
  const queries = flowLogQueries({
    database,
    table: tableName,
    subnets: spec.subnets,
    allowedFlows: spec.allowedFlows,
    lookbackDays: spec.lookbackDays,
    ...(spec.crossZonePricePerGib !== undefined && {
      crossZonePricePerGib: spec.crossZonePricePerGib,
    }),
  });
  const entries = queryKeys.map((key): [QueryKey, aws.athena.NamedQuery] => {
    const { description, sql } = queries[key];
    return [
      key,
      new aws.athena.NamedQuery(
        `${name}-query-${key}`,
        {
          region: spec.region,
          name: `${name}-${key}`,
          description,
          database,
          workgroup: workgroup.name,
          query: sql,
        },
        owned,
      ),
    ];
  });
  return Object.fromEntries(entries) as Record<QueryKey, aws.athena.NamedQuery>;
}
