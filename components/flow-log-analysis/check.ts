import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ChildOptions } from "../shared/child-options";
import { functionCode } from "../shared/function-code";
import { createFunction } from "../shared/scheduled-function";
import type { ResolvedFlowLogAnalysisArgs } from "./args";
import { checkStatements } from "./policies";
import type { QueryKey } from "./queries";
import type { Results } from "./results";
import { databaseName } from "./table";

/** What the function of that name counts; it may not import this, so a test holds both together. */
export const checkMetrics = {
  namespace: "Auterity/FlowLogs",
  unexpected: "UnexpectedConversations",
  records: "FlowLogRecords",
} as const;

/** Queries of minutes, one after the other. */
const timeoutSeconds = 600;
const secondsOfDay = 86400;

export function checkFunctionName(name: string): string {
  return `${name}-flow-log-check`;
}

interface CheckArgs {
  /** Start of the children's names. */
  readonly name: string;
  readonly spec: ResolvedFlowLogAnalysisArgs;
  readonly workgroup: aws.athena.Workgroup;
  readonly queries: Readonly<Record<QueryKey, aws.athena.NamedQuery>>;
  readonly table: pulumi.Resource;
  readonly results: Results;
}

/** Looks once a day whether there was traffic that nobody declared, and alarms if so, or if it could not look. */
export function createCheck(args: CheckArgs, owned: ChildOptions): void {
  const { name, spec, workgroup, queries, table, results } = args;
  const { region, accountId, environment, permissionsBoundaryArn } = spec;
  const functionName = checkFunctionName(name);
  createFunction(
    `${name}-check`,
    {
      region,
      accountId,
      functionName,
      description: `Looks for traffic of ${name} that the catalogue does not allow`,
      code: functionCode("flow-log-check"),
      environment: {
        ENVIRONMENT: environment,
        WORKGROUP: workgroup.name,
        DATABASE: databaseName(name),
        RECORDS_QUERY: queries.records.id,
        UNEXPECTED_QUERY: queries["unexpected-traffic"].id,
      },
      policyStatements: checkStatements({
        name,
        spec,
        workgroupArn: workgroup.arn,
        resultBucketArn: results.bucket.arn,
        resultKeyArn: results.key.arn,
      }),
      timeoutSeconds,
      logRetentionDays: spec.logRetentionDays,
      keyArn: results.key.arn,
      ...(permissionsBoundaryArn !== undefined && { permissionsBoundaryArn }),
      schedule: { expression: spec.schedule },
      tags: spec.tags,
    },
    // A first run without the table would alarm for nothing.
    { parent: owned.parent, dependsOn: [table] },
  );
  createAlarm(`${name}-unexpected-traffic`, spec, owned);
}

function createAlarm(name: string, spec: ResolvedFlowLogAnalysisArgs, owned: ChildOptions): void {
  const metric = (id: string, metricName: string) => ({
    id,
    metric: {
      namespace: checkMetrics.namespace,
      metricName,
      dimensions: { Environment: spec.environment },
      period: secondsOfDay,
      stat: "Maximum",
    },
  });
  new aws.cloudwatch.MetricAlarm(
    name,
    {
      region: spec.region,
      alarmDescription:
        "Yesterday tiers talked to each other in ways that the catalogue does not allow, or nobody looked, or there was nothing to look at; the log of the check names whom",
      metricQueries: [
        {
          id: "found",
          label: "Conversations outside of the catalogue",
          // Without any record, that nothing was found shows nothing.
          expression: "IF(records > 0, unexpected, 1)",
          returnData: true,
        },
        metric("unexpected", checkMetrics.unexpected),
        metric("records", checkMetrics.records),
      ],
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 1,
      treatMissingData: "breaching",
      alarmActions: [spec.alarmTopicArn],
      okActions: [spec.alarmTopicArn],
      tags: spec.tags,
    },
    owned,
  );
}
