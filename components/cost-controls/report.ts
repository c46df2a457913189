import * as aws from "@pulumi/aws";
import type { ChildOptions } from "../shared/child-options";
import { functionCode } from "../shared/function-code";
import { createFunction } from "../shared/scheduled-function";
import type { CostControlsSpec } from "./args";
import { reportStatements } from "./policies";
import type { CostTopic } from "./topic";

const timeoutSeconds = 120;
const secondsOfDay = 86_400;

export function reportFunctionName(name: string): string {
  return `${name}-cost-report`;
}

/** Once a week, what was spent, on what, and what could be spared. */
export function createReport(
  name: string,
  spec: CostControlsSpec,
  { topicArn, key, owned }: CostTopic & { readonly owned: ChildOptions },
): void {
  const { region, accountId, environment, monthlyBudgetUsd, report } = spec;
  const { permissionsBoundaryArn, tags } = spec;
  const functionName = reportFunctionName(name);
  createFunction(
    functionName,
    {
      ...{ region, accountId, functionName, tags, timeoutSeconds },
      description: `Tells what ${environment} cost in the last week`,
      code: functionCode("cost-report"),
      environment: {
        ENVIRONMENT: environment,
        TOPIC_ARN: topicArn,
        ...(typeof monthlyBudgetUsd === "number" && {
          MONTHLY_BUDGET_USD: String(monthlyBudgetUsd),
        }),
        ...(report.chatSecretArn !== undefined && { CHAT_SECRET_ARN: report.chatSecretArn }),
      },
      policyStatements: reportStatements({ topicArn, keyArn: key.arn, report, accountId }),
      logRetentionDays: spec.logRetentionDays,
      keyArn: key.arn,
      ...(permissionsBoundaryArn !== undefined && { permissionsBoundaryArn }),
      schedule: { expression: report.schedule },
    },
    owned,
  );
  new aws.cloudwatch.MetricAlarm(
    functionName,
    {
      region,
      alarmDescription: `The cost report of ${environment} failed: its log says at what; budgets warn without it`,
      namespace: "AWS/Lambda",
      metricName: "Errors",
      dimensions: { FunctionName: functionName },
      statistic: "Sum",
      period: secondsOfDay,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
      alarmActions: [spec.alarmTopicArn],
      okActions: [spec.alarmTopicArn],
      tags,
    },
    owned,
  );
}
