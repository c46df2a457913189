import * as aws from "@pulumi/aws";
import { functionCode } from "../shared/function-code";
import { createFunction } from "../shared/scheduled-function";
import { environmentSecretPath } from "../shared/secret-names";
import { ageStatements } from "./policies";
import { declaredSecrets, functionNames, type Scope } from "./scope";

const timeoutSeconds = 300;
const logRetentionDays = 90;
/** Twice in the period of the alarm, so that each period holds a run. */
const runEvery = "rate(12 hours)";
const alarmPeriodSeconds = 86_400;

/** Tells people when a key that is issued outside, and that no program can replace, is older than declared. */
export function createAgeReminder({ name, spec, owned }: Scope, key: aws.kms.Key): void {
  const { region, accountId, environment, alarmTopicArn, permissionsBoundaryArn, tags } = spec;
  if (declaredSecrets(spec, "issued-outside").length === 0 || alarmTopicArn === undefined) return;
  const functionName = functionNames(name).age;
  createFunction(
    functionName,
    {
      region,
      accountId,
      functionName,
      description: `Counts keys of ${environment} that are issued outside and overdue`,
      code: functionCode("secret-age"),
      environment: {
        ENVIRONMENT: environment,
        SECRET_PREFIX: `${environmentSecretPath(environment)}/`,
      },
      policyStatements: ageStatements(spec),
      timeoutSeconds,
      logRetentionDays,
      keyArn: key.arn,
      schedule: { expression: runEvery },
      ...(permissionsBoundaryArn !== undefined && { permissionsBoundaryArn }),
      tags,
    },
    owned,
  );
  new aws.cloudwatch.MetricAlarm(
    functionName,
    {
      region,
      alarmDescription: `Keys of ${environment} that are issued outside are overdue, or nobody looked for a day: replace them, their names are in the log of ${functionName}`,
      namespace: "Auterity/Secrets",
      metricName: "OverdueSecrets",
      dimensions: { Environment: environment },
      statistic: "Maximum",
      period: alarmPeriodSeconds,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 1,
      treatMissingData: "breaching",
      alarmActions: [alarmTopicArn],
      okActions: [alarmTopicArn],
      tags,
    },
    owned,
  );
}
