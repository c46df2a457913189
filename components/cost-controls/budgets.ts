import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ChildOptions } from "../shared/child-options";
import type { CostControlsSpec, MonthlyBudget } from "./args";

/** Percent of a budget at which people are told. */
const steps = [50, 80, 100] as const;

interface BudgetParts {
  readonly name: string;
  readonly spec: CostControlsSpec;
  readonly topicArn: pulumi.Input<string>;
}

/** One of the environment and one of each team; both what was spent and what will be. */
export function createBudgets({ name, spec, topicArn }: BudgetParts, owned: ChildOptions): void {
  const { environment, teamBudgetsUsd, monthlyBudgetUsd } = spec;
  const parts = { spec, topicArn };
  const ofEnvironment = tagFilter("environment", environment);
  createBudget(name, monthlyBudgetUsd, { ...parts, filter: ofEnvironment, owned });
  for (const [team, budget] of Object.entries(teamBudgetsUsd)) {
    const filter = { ands: [ofEnvironment, tagFilter("team", team)] };
    createBudget(`${name}-team-${team}`, budget, { ...parts, filter, owned });
  }
}

type Filter = aws.types.input.budgets.BudgetFilterExpression;

function tagFilter(key: string, value: string) {
  return { tags: { key, values: [value], matchOptions: ["EQUALS"] } };
}

interface OneBudget extends Omit<BudgetParts, "name"> {
  readonly filter: Filter;
  readonly owned: ChildOptions;
}

function createBudget(
  name: string,
  limit: MonthlyBudget,
  { spec, topicArn, filter, owned }: OneBudget,
): void {
  const notification = (notificationType: "ACTUAL" | "FORECASTED", threshold: number) => ({
    ...{ notificationType, threshold, thresholdType: "PERCENTAGE" },
    comparisonOperator: "GREATER_THAN",
    subscriberSnsTopicArns: [topicArn],
  });
  new aws.budgets.Budget(
    `${name}-budget`,
    {
      name,
      accountId: spec.accountId,
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: String(limit),
      limitUnit: "USD",
      // As the report counts. With an expression for a filter, AWS wants it said.
      metrics: "UnblendedCost",
      filterExpression: filter,
      notifications: [
        ...steps.map((step) => notification("ACTUAL", step)),
        ...steps.map((step) => notification("FORECASTED", step)),
      ],
      tags: spec.tags,
    },
    owned,
  );
}
