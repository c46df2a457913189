import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ChildOptions } from "../shared/child-options";
import { schedulerTrustPolicy } from "../shared/function-policies";
import { awakeFrom, type WorkingWeek } from "../shared/working-week";
import type { SyntheticMonitoringSpec } from "./args";
import { canaryName } from "./plan";

interface HourParts {
  readonly name: string;
  readonly each: string;
  readonly spec: SyntheticMonitoringSpec;
  readonly week: WorkingWeek;
  readonly canary: aws.synthetics.Canary;
}

/** What its name is followed by in those of its schedules. */
const hourSuffixes = ["start", "stop"] as const;

/**
 * Starts the canary when everything has to be there, and stops it when people go. Its own schedule could do it in UTC alone,
 * where an evening of the west coast is another day, and summer another hour.
 */
export function createHours(child: string, parts: HourParts, owned: ChildOptions): void {
  const { week, spec, name, each, canary } = parts;
  const times = { start: awakeFrom(week), stop: week.to } as const;
  const { role, policy } = createRole(`${child}-hours`, parts, owned);
  for (const verb of hourSuffixes)
    new aws.scheduler.Schedule(
      `${child}-${verb}`,
      {
        region: spec.region,
        name: `${canaryName(name, each)}-${verb}`,
        description: `Lets the canary ${canaryName(name, each)} ${verb === "start" ? "run while people work" : "rest"}`,
        scheduleExpression: expressionOf(week, times[verb]),
        scheduleExpressionTimezone: week.timeZone,
        flexibleTimeWindow: { mode: "OFF" },
        target: {
          // @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
          arn: `arn:aws:scheduler:::aws-sdk:synthetics:${verb}Canary`,
          roleArn: role.arn,
          input: pulumi.jsonStringify({ Name: canary.name }),
          retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 900 },
        },
      },
      // Scheduler tries the role when it takes the schedule.
      { parent: owned.parent, dependsOn: [policy] },
    );
}

/** It can start and stop this one canary. */
function createRole(
  child: string,
  { name, each, spec }: HourParts,
  owned: ChildOptions,
): { readonly role: aws.iam.Role; readonly policy: aws.iam.RolePolicy } {
  const { region, accountId, tags } = spec;
  const functionName = canaryName(name, each);
  const role = new aws.iam.Role(
    child,
    {
      description: `Lets the canary ${functionName} run while people work`,
      assumeRolePolicy: JSON.stringify(schedulerTrustPolicy({ region, accountId, functionName })),
      permissionsBoundary: spec.permissionsBoundaryArn,
      tags,
    },
    owned,
  );
  const policy = new aws.iam.RolePolicy(
    child,
    {
      role: role.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["synthetics:StartCanary", "synthetics:StopCanary"],
            Resource: `arn:aws:synthetics:${region}:${accountId}:canary:${functionName}`,
          },
        ],
      }),
    },
    owned,
  );
  return { role, policy };
}

/** Of EventBridge Scheduler, which has days by their names and "?" for the other field. */
function expressionOf({ workingDays }: WorkingWeek, time: string): string {
  const [hour, minute] = time.split(":").map(Number);
  return `cron(${minute} ${hour} ? * ${workingDays.join(",")} *)`;
}
