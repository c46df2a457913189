import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { schedulerTrustPolicy } from "../shared/function-policies";
import type { CreatedExperiment, Scope } from "./scope";

/** What EventBridge Scheduler calls. @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html */
const startExperiment = "arn:aws:scheduler:::aws-sdk:fis:startExperiment";

/** A schedule, with a role that starts this one experiment, for each that has a time. */
export function createSchedules(
  { name, spec, owned }: Scope,
  experiments: readonly CreatedExperiment[],
): void {
  const { region, schedules } = spec;
  for (const experimentOf of experiments) {
    const { name: experiment, template } = experimentOf;
    const expression = schedules[experiment];
    if (expression === undefined) continue;
    const child = `${name}-${experiment}-schedule`;
    const scheduleName = `${name}-${experiment}`;
    const { role, policy } = createScheduleRole({ name, spec, owned }, experimentOf, child);
    new aws.scheduler.Schedule(
      child,
      {
        region,
        name: scheduleName,
        description: `Starts the experiment ${experiment} while people are there`,
        scheduleExpression: expression,
        scheduleExpressionTimezone: spec.scheduleTimeZone,
        flexibleTimeWindow: { mode: "OFF" },
        target: {
          arn: startExperiment,
          roleArn: role.arn,
          input: pulumi.jsonStringify({
            ExperimentTemplateId: template.id,
            ClientToken: "<aws.scheduler.execution-id>",
          }),
          // One that could not start is not made up for at another hour.
          retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
        },
      },
      // Scheduler tries the role when it takes the schedule.
      { parent: owned.parent, dependsOn: [policy] },
    );
  }
}

/** It can start this one experiment, and stop none. */
function createScheduleRole(
  { name, spec, owned }: Scope,
  { name: experiment, template }: CreatedExperiment,
  child: string,
): { readonly role: aws.iam.Role; readonly policy: aws.iam.RolePolicy } {
  const { region, accountId, tags } = spec;
  const scheduleName = `${name}-${experiment}`;
  const role = new aws.iam.Role(
    child,
    {
      description: `Lets the schedule ${scheduleName} start the experiment`,
      assumeRolePolicy: JSON.stringify(
        schedulerTrustPolicy({ region, accountId, functionName: scheduleName }),
      ),
      ...(spec.permissionsBoundaryArn !== undefined && {
        permissionsBoundary: spec.permissionsBoundaryArn,
      }),
      tags,
    },
    owned,
  );
  const policy = new aws.iam.RolePolicy(
    child,
    {
      role: role.name,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "fis:StartExperiment",
            Resource: [
              pulumi.interpolate`arn:aws:fis:${region}:${accountId}:experiment-template/${template.id}`,
              `arn:aws:fis:${region}:${accountId}:experiment/*`,
            ],
          },
        ],
      }),
    },
    owned,
  );
  return { role, policy };
}
