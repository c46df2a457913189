import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ChildOptions } from "../shared/child-options";
import type { CostControlsSpec } from "./args";

interface AnomalyParts {
  readonly name: string;
  readonly spec: CostControlsSpec;
  readonly topicArn: pulumi.Input<string>;
}

/** AWS learns what is usual; what is not is told at once, if it is large enough in dollars and in percent. */
export function createAnomalyDetection(
  { name, spec, topicArn }: AnomalyParts,
  owned: ChildOptions,
): void {
  const { environment, ownsAccountSettings, anomaly, accountId, tags } = spec;
  const ofEnvironment = new aws.costexplorer.AnomalyMonitor(
    `${name}-anomalies`,
    {
      name,
      monitorType: "CUSTOM",
      monitorSpecification: JSON.stringify({
        Tags: { Key: "environment", Values: [environment], MatchOptions: ["EQUALS"] },
      }),
      tags,
    },
    owned,
  );
  // An account takes one of this kind. It also sees what carries no tag.
  const ofServices = ownsAccountSettings
    ? [
        new aws.costexplorer.AnomalyMonitor(
          `${name}-anomalies-of-services`,
          {
            name: `${name}-services`,
            monitorType: "DIMENSIONAL",
            monitorDimension: "SERVICE",
            tags,
          },
          owned,
        ),
      ]
    : [];
  const atLeast = (key: string, value: number) => ({
    dimension: { key, values: [String(value)], matchOptions: ["GREATER_THAN_OR_EQUAL"] },
  });
  new aws.costexplorer.AnomalySubscription(
    `${name}-anomalies`,
    {
      name,
      accountId,
      frequency: "IMMEDIATE",
      monitorArnLists: [ofEnvironment, ...ofServices].map(({ arn }) => arn),
      subscribers: [{ type: "SNS", address: topicArn }],
      thresholdExpression: {
        ands: [
          atLeast("ANOMALY_TOTAL_IMPACT_ABSOLUTE", anomaly.leastDollars),
          atLeast("ANOMALY_TOTAL_IMPACT_PERCENTAGE", anomaly.leastPercent),
        ],
      },
      tags,
    },
    owned,
  );
}

/** Without it a tag is on resources, and not in the bill. */
export function activateAllocationTags(
  name: string,
  { allocationTags }: CostControlsSpec,
  owned: ChildOptions,
): void {
  for (const tagKey of allocationTags)
    new aws.costexplorer.CostAllocationTag(
      `${name}-allocation-${tagKey}`,
      { tagKey, status: "Active" },
      owned,
    );
}
