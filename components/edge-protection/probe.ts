import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ChildOptions } from "../shared/child-options";
import { functionCode } from "../shared/function-code";
import { createFunction } from "../shared/scheduled-function";
import type { ResolvedEdgeProtectionArgs } from "./args";
import { probedAttacks } from "./rules";
import { isCounting } from "./web-acl";

/** Hosts that answer nothing at all are the slowest: seconds each, and then the wait for the limit. */
const timeoutSeconds = 600;
const logRetentionDays = 30;
/** Twice in the period of the alarm, so that each period holds a run. */
const runEvery = "rate(30 minutes)";
const alarmPeriodSeconds = 3600;
/** The firewall counts near its limit, not at it. */
const burstFactor = 1.5;

interface ProbeArgs {
  readonly spec: ResolvedEdgeProtectionArgs;
  readonly logKeyArn: pulumi.Input<string>;
}

/** Of the function, in AWS too. */
export function probeName(name: string): string {
  return `${name}-edge-probe`;
}

/** Attacks every public host from outside, as anybody could, and tells the topic unless all of it is refused. */
export function createProbe(
  name: string,
  { spec, logKeyArn }: ProbeArgs,
  owned: ChildOptions,
): void {
  const { region, accountId, tags, permissionsBoundaryArn } = spec;
  const role = probeName(name);
  createFunction(
    role,
    {
      region,
      accountId,
      functionName: role,
      description: "Sends harmless attacks to the public hosts and counts those that are refused",
      code: functionCode("edge-probe"),
      environment: { PROBE_PLAN: JSON.stringify(probePlan(spec)) },
      timeoutSeconds,
      logRetentionDays,
      keyArn: logKeyArn,
      schedule: { expression: runEvery },
      ...(permissionsBoundaryArn !== undefined && { permissionsBoundaryArn }),
      tags,
    },
    owned,
  );
  for (const host of spec.hosts) createAlarm(name, { spec, host }, owned);
}

/** Only what has to be refused: a rule that counts lets its attacks pass, and says so in its date. */
function probePlan(spec: ResolvedEdgeProtectionArgs) {
  const { environment, hosts, requestsPerFiveMinutes } = spec;
  const [burstHost] = [...hosts].sort();
  return {
    environment,
    origins: hosts.map((host) => `https://${host}`),
    attacks: Object.entries(probedAttacks)
      .filter(([, rule]) => !isCounting(spec, rule))
      .map(([attack]) => attack),
    ...(burstHost !== undefined &&
      !isCounting(spec, "rate-limit") && {
        // The load balancer itself answers plain HTTP, with a redirect: no service sees the burst.
        burst: {
          origin: `http://${burstHost}`,
          requests: Math.ceil(requestsPerFiveMinutes * burstFactor),
        },
      }),
  };
}

interface AlarmArgs {
  readonly spec: ResolvedEdgeProtectionArgs;
  readonly host: string;
}

function createAlarm(
  name: string,
  { spec, host }: AlarmArgs,
  owned: pulumi.CustomResourceOptions,
): void {
  const { region, environment, alarmTopicArn, tags } = spec;
  const metric = (id: string, metricName: string) => ({
    id,
    metric: {
      namespace: "Auterity/EdgeProbe",
      metricName,
      dimensions: { Environment: environment, Host: host },
      period: alarmPeriodSeconds,
      stat: "Sum",
    },
  });
  new aws.cloudwatch.MetricAlarm(
    `${name}-edge-probe-${host}`,
    {
      region,
      alarmDescription: `Attacks on ${host} were not all refused within an hour, or nobody tried: the firewall may be off`,
      metricQueries: [
        {
          id: "unrefused",
          label: "Attacks that were not refused",
          // A run in which nothing was refused shows nothing, whatever else it counted.
          expression: "IF(refused > 0, passed + inconclusive, 1)",
          returnData: true,
        },
        metric("refused", "ProbesRefused"),
        metric("passed", "ProbesPassed"),
        metric("inconclusive", "ProbesInconclusive"),
      ],
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
