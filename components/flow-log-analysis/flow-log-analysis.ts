import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import { type FlowLogAnalysisArgs, resolveFlowLogAnalysisArgs } from "./args";
import { checkFunctionName, createCheck } from "./check";
import type { QueryKey } from "./queries";
import { createResults } from "./results";
import { createTable } from "./table";
import { createQueries } from "./workgroup";

/**
 * Reads the flow logs of a SecureVpc: queries that people run in Athena, within limits, and a daily check that alarms on
 * traffic between tiers that the catalogue does not allow.
 */
export class FlowLogAnalysis extends pulumi.ComponentResource {
  readonly databaseName: pulumi.Output<string>;
  /** Where to run queries: it limits what they read, and keeps their results. */
  readonly workgroupName: pulumi.Output<string>;
  /** Ids of the named queries. */
  readonly queryIds: Readonly<Record<QueryKey, pulumi.Output<string>>>;

  constructor(name: string, args: FlowLogAnalysisArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveFlowLogAnalysisArgs(name, args);
    super("platform:observation:FlowLogAnalysis", name, spec, opts);
    const owned = childOptions(this, opts);

    const table = createTable(name, spec, owned);
    const results = createResults({ name, spec, functionName: checkFunctionName(name) }, owned);
    const { workgroup, queries } = createQueries({ name, spec, results }, owned);
    createCheck({ name, spec, workgroup, queries, table, results }, owned);

    this.databaseName = table.databaseName;
    this.workgroupName = workgroup.name;
    this.queryIds = {
      "rejected-by-source": queries["rejected-by-source"].id,
      "new-destinations": queries["new-destinations"].id,
      "unexpected-traffic": queries["unexpected-traffic"].id,
      "cross-zone-talkers": queries["cross-zone-talkers"].id,
      records: queries.records.id,
    };
    this.registerOutputs({
      databaseName: this.databaseName,
      workgroupName: this.workgroupName,
      queryIds: this.queryIds,
    });
  }
}
