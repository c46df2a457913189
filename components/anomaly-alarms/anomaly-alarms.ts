import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type ChildOptions, childOptions } from "../shared/child-options";
import {
  type AnomalyAlarmsArgs,
  type AnomalyAlarmsSpec,
  resolveAnomalyAlarmsArgs,
  type WatchedMetric,
} from "./args";

/**
 * Tells of what is unlike itself and only CloudWatch sees: bands that AWS learns of two weeks, over a floor below which
 * nothing is unusual. For information: an anomaly is no incident, and never a page.
 */
export class AnomalyAlarms extends pulumi.ComponentResource {
  constructor(name: string, args: AnomalyAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveAnomalyAlarmsArgs(name, args);
    super("platform:observation:AnomalyAlarms", name, spec, opts);
    const owned = childOptions(this, opts);
    for (const [key, metric] of Object.entries(spec.watched))
      createAlarm(`${name}-unusual-${key}`, { spec, metric }, owned);
    this.registerOutputs({});
  }
}

interface AlarmParts {
  readonly spec: AnomalyAlarmsSpec;
  readonly metric: WatchedMetric;
}

function createAlarm(child: string, { spec, metric }: AlarmParts, owned: ChildOptions): void {
  const { region, periods, informationTopicArn, tags, deviations } = spec;
  const { direction = "up", title, look } = metric;
  new aws.cloudwatch.MetricAlarm(
    child,
    {
      region,
      alarmDescription: `For information, pages nobody: ${title} is unlike what is usual at this time. ${look}`,
      comparisonOperator:
        direction === "up"
          ? "GreaterThanUpperThreshold"
          : "LessThanLowerOrGreaterThanUpperThreshold",
      thresholdMetricId: "band",
      metricQueries: [
        {
          id: "band",
          label: "Usual",
          expression: `ANOMALY_DETECTION_BAND(watched, ${deviations})`,
          returnData: true,
        },
        { id: "watched", label: title, expression: watchedExpression(metric), returnData: true },
        ...queries(metric, spec.periodMinutes * 60),
      ],
      evaluationPeriods: periods,
      datapointsToAlarm: periods,
      treatMissingData: "notBreaching",
      alarmActions: [informationTopicArn],
      tags,
    },
    owned,
  );
}

/** Never below the floor, and at it while nothing else is busy: the model learns no quiet, and no alarm comes of it. */
export function watchedExpression({ of, least, while: traffic }: WatchedMetric): string {
  const sum = of.map((_, index) => `FILL(m${index + 1}, 0)`).join(" + ");
  const floored = `IF(${sum} > ${least}, ${sum}, ${least})`;
  return traffic === undefined
    ? floored
    : `IF(FILL(traffic, 0) >= ${traffic.least}, ${floored}, ${least})`;
}

function queries(
  { namespace, metricName, statistic, of, while: traffic }: WatchedMetric,
  period: number,
): aws.types.input.cloudwatch.MetricAlarmMetricQuery[] {
  return [
    ...of.map((dimensions, index) => ({
      id: `m${index + 1}`,
      metric: { namespace, metricName, dimensions: { ...dimensions }, stat: statistic, period },
    })),
    ...(traffic === undefined
      ? []
      : [
          {
            id: "traffic",
            metric: {
              namespace: traffic.namespace,
              metricName: traffic.metricName,
              dimensions: { ...traffic.dimensions },
              stat: "Sum",
              period,
            },
          },
        ]),
  ];
}
