import * as aws from "@pulumi/aws";
import type { RestoreTest } from "./args";
import { testedTypes } from "./restore-testing";
import type { Scope } from "./scope";

/** What the function measures; it may not import this, so a test holds both together. */
export const recoveryMetrics = {
  namespace: "Auterity/Recovery",
  validated: "RestoresValidated",
  refuted: "RestoresRefuted",
  rpo: "MeasuredRpo",
  rto: "MeasuredRto",
} as const;

const hourSeconds = 3600;
const daySeconds = 24 * hourSeconds;
/** A test a week, so that each span of so many days has one. */
const withoutProofDays = 7;

interface Limit {
  readonly role: string;
  readonly metric: string;
  readonly threshold: number;
  readonly description: string;
}

/** By kind of store: a restore that does not hold, one that loses or takes too much, and none at all. */
export function createAlarms(scope: Scope, test: RestoreTest): void {
  const { name, spec, owned } = scope;
  const { region, environment, alarmTopicArn, tags } = spec;
  for (const type of testedTypes(scope)) {
    const common = {
      region,
      namespace: recoveryMetrics.namespace,
      dimensions: { Environment: environment, ResourceType: type },
      alarmActions: [alarmTopicArn],
      okActions: [alarmTopicArn],
      tags,
    };
    for (const limit of limitsOf(type, test))
      new aws.cloudwatch.MetricAlarm(
        `${name}-${limit.role}-${type.toLowerCase()}`,
        {
          ...common,
          alarmDescription: `${limit.description} (docs/disaster-recovery.md)`,
          metricName: limit.metric,
          statistic: "Maximum",
          period: hourSeconds,
          evaluationPeriods: 1,
          comparisonOperator: "GreaterThanThreshold",
          threshold: limit.threshold,
          // Tests are rare: no news is for the alarm below.
          treatMissingData: "notBreaching",
        },
        owned,
      );
    new aws.cloudwatch.MetricAlarm(
      `${name}-no-proof-${type.toLowerCase()}`,
      {
        ...common,
        alarmDescription: `For ${withoutProofDays} days no restore of ${type} was seen to hold; it alarms until the first one does (docs/disaster-recovery.md)`,
        metricName: recoveryMetrics.validated,
        statistic: "Sum",
        period: daySeconds,
        evaluationPeriods: withoutProofDays,
        datapointsToAlarm: withoutProofDays,
        comparisonOperator: "LessThanThreshold",
        threshold: 1,
        treatMissingData: "breaching",
      },
      owned,
    );
  }
}

function limitsOf(type: string, { rpoHours, rtoMinutes }: RestoreTest): Limit[] {
  return [
    {
      role: "restore-refuted",
      metric: recoveryMetrics.refuted,
      threshold: 0,
      description: `A restored ${type} is not what it was; the log of the function names the check`,
    },
    {
      role: "restore-loss",
      metric: recoveryMetrics.rpo,
      threshold: rpoHours * hourSeconds,
      description: `A restored ${type} lacks more than the last ${rpoHours} h`,
    },
    {
      role: "restore-time",
      metric: recoveryMetrics.rto,
      threshold: rtoMinutes * 60,
      description: `To restore and check ${type} took more than ${rtoMinutes} min`,
    },
  ];
}
