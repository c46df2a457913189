import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ChildOptions } from "./child-options";
import { functionRuntime } from "./function-code";
import {
  functionPolicy,
  functionTrustPolicy,
  invokePolicy,
  schedulerTrustPolicy,
} from "./function-policies";

/** Network of a function: without one it reaches AWS and the internet, and nothing of ours. */
interface FunctionNetwork {
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly securityGroupIds: pulumi.Input<pulumi.Input<string>[]>;
}

interface FunctionSchedule {
  /** Such as "rate(1 day)" or "cron(0 6 * * ? *)", in UTC. */
  readonly expression: string;
  /** The run starts within so many minutes after its time. Default: 0, at its time. */
  readonly flexibleMinutes?: number;
  /** Event of each run. Default: {}. */
  readonly input?: Readonly<Record<string, string>>;
}

export interface FunctionArgs {
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  readonly description: string;
  /** In AWS, unique in account and region: at most 64 letters, digits, hyphens and underscores. */
  readonly functionName: string;
  /** From `functionCode`: a file `index.js` that exports `handler`. */
  readonly code: pulumi.asset.Archive;
  /** Variables of its environment; no secret belongs here. Default: {}. */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
  /** What the code may do, beside writing its log. Default: []. */
  readonly policyStatements?: readonly aws.iam.PolicyStatement[];
  /** Default: none. */
  readonly vpc?: FunctionNetwork;
  /** A run may take so long, at most 900. */
  readonly timeoutSeconds: number;
  /** 128 to 10240; processor time grows with it. Default: 256. */
  readonly memoryMiB?: number;
  /** One of the numbers that CloudWatch Logs takes, such as 30, 90 or 365. */
  readonly logRetentionDays: number;
  /**
   * Encrypts log and environment. Its policy has to contain `functionLogKeyStatement`, and to let whoever deploys make the
   * grant with which Lambda uses it, as one with "kms:*" for the account does.
   */
  readonly keyArn: pulumi.Input<string>;
  /** Runs at a time, kept free for this function; 1 keeps runs from overlapping. Default: as many as the account allows. */
  readonly reservedConcurrency?: number;
  /** Traces each run with X-Ray. Default: false. */
  readonly tracing?: boolean;
  /** In IAM, where policies elsewhere name the role before it is there. Default: made up by Pulumi, below "/". */
  readonly role?: { readonly name: string; readonly path: string };
  /** Policy that bounds the roles. Default: none. */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /** Default: none, somebody else invokes it. */
  readonly schedule?: FunctionSchedule;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

export interface CreatedFunction {
  readonly function: aws.lambda.Function;
  readonly role: aws.iam.Role;
  readonly logGroup: aws.cloudwatch.LogGroup;
  readonly schedule: aws.scheduler.Schedule | undefined;
}

const defaultMemoryMiB = 256;
/** A run that failed is started again so often, and not when its time is long over. */
const scheduleRetries = 2;
const scheduleMaximumAgeSeconds = 3600;

/**
 * A Lambda function with a role that may do what is given and write its own log, which is encrypted and expires; and, with
 * a schedule, what starts it. Children: `NAME` (log group, role, policy, function), `NAME-schedule` (role, policy, schedule).
 */
export function createFunction(
  name: string,
  args: FunctionArgs,
  owned: ChildOptions,
): CreatedFunction {
  const { region, functionName, keyArn, vpc, environment = {}, tags = {} } = args;
  // Made here, or Lambda would make it: unencrypted and for ever.
  const logGroup = new aws.cloudwatch.LogGroup(
    name,
    {
      region,
      name: `/aws/lambda/${functionName}`,
      retentionInDays: args.logRetentionDays,
      kmsKeyId: keyArn,
      tags,
    },
    owned,
  );
  const { role, policy } = createRole(name, args, owned);
  const created = new aws.lambda.Function(
    name,
    {
      region,
      name: functionName,
      description: args.description,
      runtime: functionRuntime,
      architectures: ["arm64"],
      handler: "index.handler",
      code: args.code,
      kmsKeyArn: keyArn,
      role: role.arn,
      timeout: args.timeoutSeconds,
      memorySize: args.memoryMiB ?? defaultMemoryMiB,
      environment: { variables: { ...environment } },
      loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
      tracingConfig: { mode: args.tracing === true ? "Active" : "PassThrough" },
      ...(args.reservedConcurrency !== undefined && {
        reservedConcurrentExecutions: args.reservedConcurrency,
      }),
      ...(vpc !== undefined && {
        vpcConfig: { subnetIds: vpc.subnetIds, securityGroupIds: vpc.securityGroupIds },
      }),
      tags,
    },
    // A first run without its permissions would fail, and with a network the function could not even be made.
    { parent: owned.parent, dependsOn: [policy] },
  );
  const schedule =
    args.schedule === undefined
      ? undefined
      : createSchedule(`${name}-schedule`, { ...args, ...args.schedule, target: created }, owned);
  return { function: created, role, logGroup, schedule };
}

function createRole(
  name: string,
  args: FunctionArgs,
  owned: ChildOptions,
): { role: aws.iam.Role; policy: aws.iam.RolePolicy } {
  const role = new aws.iam.Role(
    name,
    {
      ...args.role,
      description: `Lets the function ${args.functionName} do its work`,
      assumeRolePolicy: JSON.stringify(functionTrustPolicy),
      ...(args.permissionsBoundaryArn !== undefined && {
        permissionsBoundary: args.permissionsBoundaryArn,
      }),
      tags: args.tags ?? {},
    },
    owned,
  );
  const policy = new aws.iam.RolePolicy(
    name,
    {
      role: role.name,
      policy: pulumi.jsonStringify(
        functionPolicy(args, {
          inVpc: args.vpc !== undefined,
          tracing: args.tracing === true,
          statements: args.policyStatements ?? [],
        }),
      ),
    },
    owned,
  );
  return { role, policy };
}

interface ScheduleArgs extends FunctionArgs, FunctionSchedule {
  readonly target: aws.lambda.Function;
}

function createSchedule(
  name: string,
  args: ScheduleArgs,
  owned: ChildOptions,
): aws.scheduler.Schedule {
  const role = new aws.iam.Role(
    name,
    {
      description: `Lets the schedule of ${args.functionName} start it`,
      assumeRolePolicy: JSON.stringify(schedulerTrustPolicy(args)),
      ...(args.permissionsBoundaryArn !== undefined && {
        permissionsBoundary: args.permissionsBoundaryArn,
      }),
      tags: args.tags ?? {},
    },
    owned,
  );
  const policy = new aws.iam.RolePolicy(
    name,
    { role: role.name, policy: pulumi.jsonStringify(invokePolicy(args.target.arn)) },
    owned,
  );
  return new aws.scheduler.Schedule(
    name,
    {
      region: args.region,
      name: args.functionName,
      description: args.description,
      scheduleExpression: args.expression,
      scheduleExpressionTimezone: "UTC",
      flexibleTimeWindow:
        args.flexibleMinutes === undefined || args.flexibleMinutes === 0
          ? { mode: "OFF" }
          : { mode: "FLEXIBLE", maximumWindowInMinutes: args.flexibleMinutes },
      target: {
        arn: args.target.arn,
        roleArn: role.arn,
        input: JSON.stringify(args.input ?? {}),
        retryPolicy: {
          maximumRetryAttempts: scheduleRetries,
          maximumEventAgeInSeconds: scheduleMaximumAgeSeconds,
        },
      },
    },
    // Scheduler tries the role when it takes the schedule.
    { parent: owned.parent, dependsOn: [policy] },
  );
}
