import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Results } from "./results";
import type { CreatedExperiment, Scope } from "./scope";

/**
 * Experiments that an alarm stopped, or that failed, are told: a hypothesis was refuted, or nothing was shown. Each event is
 * kept in the log.
 * @see https://docs.aws.amazon.com/fis/latest/userguide/monitoring-eventbridge.html
 */
export function watchEndings(
  { name, spec, owned }: Scope,
  experiments: readonly CreatedExperiment[],
  { logGroup, settings }: Results,
): void {
  const { region, tags } = spec;
  const child = `${name}-chaos-ended-early`;
  const rule = new aws.cloudwatch.EventRule(
    child,
    {
      region,
      description: `Experiments of ${name} that were stopped or failed`,
      eventPattern: pulumi.jsonStringify({
        source: ["aws.fis"],
        "detail-type": ["FIS Experiment State Change"],
        detail: {
          "experiment-template-id": experiments.map(({ template }) => template.id),
          "new-state": { status: ["failed", "stopped"] },
        },
      }),
      tags,
    },
    owned,
  );
  new aws.cloudwatch.EventTarget(
    child,
    { region, rule: rule.name, arn: logGroup.arn },
    { parent: owned.parent, dependsOn: settings },
  );
  new aws.cloudwatch.MetricAlarm(
    child,
    {
      region,
      alarmDescription: `An experiment of ${name} was stopped or failed: docs/chaos.md, npm run chaos -- results`,
      namespace: "AWS/Events",
      metricName: "TriggeredRules",
      dimensions: { RuleName: rule.name },
      statistic: "Sum",
      period: 300,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
      alarmActions: [spec.alarmTopicArn],
      tags,
    },
    owned,
  );
}
