import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** A number of a store that somebody is told of. */
export interface StoreAlarm {
  /** What is wrong when it alarms, and what to do. */
  readonly description: string;
  /** One metric, or several with the expression that is judged. */
  readonly measure:
    | { readonly metricName: string; readonly dimensions: Readonly<Record<string, Dimension>> }
    | { readonly expression: string; readonly label: string; readonly metrics: Metrics };
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum";
  readonly threshold: number;
  readonly comparison:
    "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold" | "LessThanThreshold";
  readonly periodSeconds: number;
  /** So many periods in a row. */
  readonly periods: number;
  /** What silence means. */
  readonly missing: "breaching" | "notBreaching";
}

type Dimension = pulumi.Input<string>;
type Metrics = Readonly<
  Record<string, { metricName: string; dimensions: Readonly<Record<string, Dimension>> }>
>;

interface StoreAlarmsArgs {
  readonly region: string;
  /** Of the metrics, such as "AWS/ElastiCache". */
  readonly namespace: string;
  /** By the end of its name. */
  readonly alarms: Readonly<Record<string, StoreAlarm>>;
  readonly alarmTopicArn: pulumi.Input<string>;
  readonly tags: Readonly<Record<string, string>>;
}

/** An alarm named `NAME-KEY` for each; the topic hears of its end too. */
export function createStoreAlarms(
  name: string,
  { region, namespace, alarms, alarmTopicArn, tags }: StoreAlarmsArgs,
  owned: pulumi.CustomResourceOptions,
): void {
  for (const [key, alarm] of Object.entries(alarms))
    new aws.cloudwatch.MetricAlarm(
      `${name}-${key}`,
      {
        region,
        alarmDescription: alarm.description,
        ...measured(namespace, alarm),
        comparisonOperator: alarm.comparison,
        threshold: alarm.threshold,
        evaluationPeriods: alarm.periods,
        treatMissingData: alarm.missing,
        alarmActions: [alarmTopicArn],
        okActions: [alarmTopicArn],
        tags,
      },
      owned,
    );
}

function measured(namespace: string, { measure, statistic, periodSeconds }: StoreAlarm) {
  if ("metricName" in measure)
    return {
      namespace,
      metricName: measure.metricName,
      dimensions: { ...measure.dimensions },
      statistic,
      period: periodSeconds,
    };
  return {
    metricQueries: [
      { id: "judged", label: measure.label, expression: measure.expression, returnData: true },
      ...Object.entries(measure.metrics).map(([id, { metricName, dimensions }]) => ({
        id,
        metric: {
          namespace,
          metricName,
          dimensions: { ...dimensions },
          stat: statistic,
          period: periodSeconds,
        },
      })),
    ],
  };
}
