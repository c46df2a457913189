import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import {
  resolveZonalAutoshiftArgs,
  type ZonalAutoshiftArgs,
  type ZonalAutoshiftSpec,
} from "./args";

/** Fewer answers in a minute say nothing of a share. */
const fewestAnswers = 100;

/**
 * AWS moves the cluster's traffic out of a zone that it sees impaired, and tries that every week for half an hour: a
 * practice run, which ends at once and has failed when too many answers are errors.
 */
export class ZonalAutoshift extends pulumi.ComponentResource {
  constructor(name: string, args: ZonalAutoshiftArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveZonalAutoshiftArgs(name, args);
    super("platform:cluster:ZonalAutoshift", name, spec, opts);

    const owned = childOptions(this, opts);
    const alarm = new aws.cloudwatch.MetricAlarm(`${name}-answers`, outcomeAlarm(spec), owned);
    new aws.arczonalshift.ZonalAutoshiftConfiguration(
      `${name}-autoshift`,
      {
        resourceArn: spec.clusterArn,
        zonalAutoshiftStatus: "ENABLED",
        outcomeAlarms: [{ type: "CLOUDWATCH", alarmIdentifier: alarm.arn }],
        // While users see errors anyway, no zone is taken away from them to practise.
        blockingAlarms: [{ type: "CLOUDWATCH", alarmIdentifier: alarm.arn }],
        ...(spec.blockedWindows.length > 0 && { blockedWindows: [...spec.blockedWindows] }),
      },
      owned,
    );
    this.registerOutputs({});
  }
}

/**
 * Over all Application Load Balancers of the account and region: the controller in the cluster makes them, and nobody here
 * knows their ids.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-alarms.html
 */
function outcomeAlarm(spec: ZonalAutoshiftSpec): aws.cloudwatch.MetricAlarmArgs {
  const sum = (id: string, metric: string) => ({
    id,
    expression: `SELECT SUM(${metric}) FROM SCHEMA("AWS/ApplicationELB", LoadBalancer)`,
    period: 60,
    returnData: false,
  });
  return {
    alarmDescription: `Answers of the services of ${spec.clusterName} that are errors, in percent; also judges practice runs`,
    comparisonOperator: "GreaterThanThreshold",
    threshold: spec.errorPercent,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    // A quiet hour is no error.
    treatMissingData: "notBreaching",
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
    alarmActions: [spec.alarmTopicArn],
    okActions: [spec.alarmTopicArn],
    tags: spec.tags,
  };
}
