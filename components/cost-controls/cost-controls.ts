import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import { activateAllocationTags, createAnomalyDetection } from "./anomalies";
import { type CostControlsArgs, resolveCostControlsArgs } from "./args";
import { createBudgets } from "./budgets";
import { createReport, reportFunctionName } from "./report";
import { createTopic } from "./topic";

/**
 * What keeps an environment's costs in sight: budgets of the environment and of teams, which warn at 50, 80 and 100 percent
 * of what was and of what will be spent; detection of what is unusual; a weekly report to people.
 */
export class CostControls extends pulumi.ComponentResource {
  /** Where everything about costs is told. */
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: CostControlsArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveCostControlsArgs(name, args);
    super("platform:cost:CostControls", name, spec, opts);

    const owned = childOptions(this, opts);
    const topic = createTopic(name, spec, { functionName: reportFunctionName(name), owned });
    createBudgets({ name, spec, topicArn: topic.topicArn }, owned);
    createAnomalyDetection({ name, spec, topicArn: topic.topicArn }, owned);
    activateAllocationTags(name, spec, owned);
    createReport(name, spec, { ...topic, owned });

    this.topicArn = topic.topicArn;
    this.registerOutputs({ topicArn: this.topicArn });
  }
}
