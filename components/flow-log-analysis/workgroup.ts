import type * as aws from "@pulumi/aws";
import { createNamedQueries, createWorkgroup } from "../shared/athena";
import type { ChildOptions } from "../shared/child-options";
import type { ResolvedFlowLogAnalysisArgs } from "./args";
import { flowLogQueries, type QueryKey } from "./queries";
import type { Results } from "./results";
import { databaseName, tableName } from "./table";

interface QueriesArgs {
  /** Start of the children's names. */
  readonly name: string;
  readonly spec: ResolvedFlowLogAnalysisArgs;
  readonly results: Results;
}

interface Queries {
  readonly workgroup: aws.athena.Workgroup;
  readonly queries: Readonly<Record<QueryKey, aws.athena.NamedQuery>>;
}

/** Where queries run, and what people find in the console, by key; the check runs some of them. */
export function createQueries({ name, spec, results }: QueriesArgs, owned: ChildOptions): Queries {
  const { region, scanLimitBytes, protect, tags, crossZonePricePerGib } = spec;
  const workgroup = createWorkgroup(
    `${name}-workgroup`,
    {
      ...{ region, scanLimitBytes, protect, tags, results },
      name: `${name}-flow-logs`,
      description: `Queries on the flow logs of ${name}`,
    },
    owned,
  );
  const database = databaseName(name);
  const queries = createNamedQueries(
    {
      ...{ region, database, workgroup },
      queries: flowLogQueries({
        ...{ database, table: tableName },
        subnets: spec.subnets,
        allowedFlows: spec.allowedFlows,
        lookbackDays: spec.lookbackDays,
        ...(crossZonePricePerGib !== undefined && { crossZonePricePerGib }),
      }),
      resourceName: (key) => `${name}-query-${key}`,
      queryName: (key) => `${name}-${key}`,
    },
    owned,
  );
  return { workgroup, queries };
}
