import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { childOptions } from "../shared/child-options";
import type { StopAlarms } from "./args";

export interface ServiceAlarmsArgs {
  readonly region: string;
  /** For descriptions. */
  readonly environment: string;
  /**
   * Answers with an error of all answers, in percent over 5 minutes. Default: 0.72, which is 14.4 times what an objective
   * of 99.95 % allows: at that rate a month's budget is gone in two days.
   * @see https://sre.google/workbook/alerting-on-slos/
   */
  readonly errorPercent?: number;
  /** Seconds that an answer takes on average over 5 minutes. Default: 1. */
  readonly slowSeconds?: number;
  /** Healthy targets that a service has at least; 0: nobody is told, as where one pod is all there is. Default: 2. */
  readonly fewestHealthyTargets?: number;
  /** Who is told, experiment or not. */
  readonly alarmTopicArn: pulumi.Input<string>;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

export const serviceAlarmsDefaults = {
  errorPercent: 0.72,
  slowSeconds: 1,
  fewestHealthyTargets: 2,
  tags: {},
} as const;

type Spec = Required<ServiceAlarmsArgs>;

function resolveServiceAlarmsArgs(name: string, args: ServiceAlarmsArgs): Spec {
  const spec = { ...serviceAlarmsDefaults, ...args };
  const { region, errorPercent, slowSeconds, fewestHealthyTargets } = spec;
  const problems: string[] = [];
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
    problems.push(`region: got "${region}", need an AWS region`);
  if (!(errorPercent > 0 && errorPercent < 100))
    problems.push(`errorPercent: got ${errorPercent}, need more than 0 and less than 100`);
  if (!(slowSeconds > 0 && slowSeconds <= 60))
    problems.push(`slowSeconds: got ${slowSeconds}, need more than 0, at most 60`);
  if (!Number.isInteger(fewestHealthyTargets) || fewestHealthyTargets < 0)
    problems.push(
      `fewestHealthyTargets: got ${fewestHealthyTargets}, need a whole number of at least 0`,
    );
  if (problems.length > 0) throw new ArgsError("ServiceAlarms", name, problems);
  return spec;
}

/** What users see, measured at the load balancers: by these alarms an experiment is ended. */
export class ServiceAlarms extends pulumi.ComponentResource {
  /** At least one, as experiments ask for. */
  readonly alarmArns: StopAlarms;

  constructor(name: string, args: ServiceAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveServiceAlarmsArgs(name, args);
    super("platform:resilience:ServiceAlarms", name, spec, opts);
    const owned = childOptions(this, opts);
    const alarm = (role: string, alarmArgs: Measured): pulumi.Output<string> =>
      new aws.cloudwatch.MetricAlarm(`${name}-${role}`, withCommon(spec, alarmArgs), owned).arn;

    const healthy = spec.fewestHealthyTargets > 0 ? [alarm("healthy", healthyTargets(spec))] : [];
    this.alarmArns = [
      alarm("errors", failedAnswers(spec)),
      alarm("slow", slowAnswers(spec)),
      ...healthy,
    ];
    this.registerOutputs({ alarmArns: this.alarmArns });
  }
}

type Measured = Pick<
  aws.cloudwatch.MetricAlarmArgs,
  "alarmDescription" | "comparisonOperator" | "threshold" | "metricQueries"
> & { readonly evaluationPeriods: number };

function withCommon(spec: Spec, measured: Measured): aws.cloudwatch.MetricAlarmArgs {
  return {
    ...measured,
    region: spec.region,
    // Without traffic nobody is hurt, and an experiment that hits nothing fails by itself.
    treatMissingData: "notBreaching",
    alarmActions: [spec.alarmTopicArn],
    okActions: [spec.alarmTopicArn],
    tags: spec.tags,
  };
}

/** Fewer answers in five minutes say nothing of a share. */
const fewestAnswers = 300;
const fiveMinutes = 300;
const minute = 60;

/**
 * Over all load balancers of the account and region: the controller in the cluster makes them, and nobody here knows
 * their ids. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-alarms.html
 */
function query(id: string, expression: string, period: number) {
  return { id, period, returnData: false, expression };
}

function sum(id: string, metric: string) {
  const from = 'FROM SCHEMA("AWS/ApplicationELB", LoadBalancer)';
  return query(id, `SELECT SUM(${metric}) ${from}`, fiveMinutes);
}

function failedAnswers({ environment, errorPercent }: Spec): Measured {
  return {
    alarmDescription: `Answers of the services of ${environment} that are errors, in percent; ends experiments`,
    comparisonOperator: "GreaterThanThreshold",
    threshold: errorPercent,
    evaluationPeriods: 1,
    metricQueries: [
      sum("all", "RequestCount"),
      sum("targets", "HTTPCode_Target_5XX_Count"),
      sum("balancers", "HTTPCode_ELB_5XX_Count"),
      {
        id: "errors",
        label: "errors in percent",
        expression: `IF(all > ${fewestAnswers}, 100 * (FILL(targets, 0) + FILL(balancers, 0)) / all, 0)`,
        returnData: true,
      },
    ],
  };
}

function slowAnswers({ environment, slowSeconds }: Spec): Measured {
  return {
    alarmDescription: `Average time that the services of ${environment} take to answer, in seconds; ends experiments`,
    comparisonOperator: "GreaterThanThreshold",
    threshold: slowSeconds,
    evaluationPeriods: 1,
    metricQueries: [
      sum("all", "RequestCount"),
      query(
        "seconds",
        'SELECT AVG(TargetResponseTime) FROM SCHEMA("AWS/ApplicationELB", LoadBalancer)',
        fiveMinutes,
      ),
      {
        id: "slow",
        label: "seconds",
        expression: `IF(all > ${fewestAnswers}, seconds, 0)`,
        returnData: true,
      },
    ],
  };
}

function healthyTargets({ environment, fewestHealthyTargets }: Spec): Measured {
  return {
    alarmDescription: `Fewest healthy targets of a service of ${environment}; ends experiments`,
    comparisonOperator: "LessThanThreshold",
    threshold: fewestHealthyTargets,
    // A pod that is replaced is away for a minute.
    evaluationPeriods: 3,
    metricQueries: [
      {
        ...query(
          "healthy",
          'SELECT MIN(HealthyHostCount) FROM SCHEMA("AWS/ApplicationELB", LoadBalancer, TargetGroup)',
          minute,
        ),
        label: "healthy targets",
        returnData: true,
      },
    ],
  };
}
