import {
  type CostExplorerClient,
  GetCostForecastCommand,
  GetRightsizingRecommendationCommand,
  GetSavingsPlansPurchaseRecommendationCommand,
} from "@aws-sdk/client-cost-explorer";
import { ofEnvironment } from "./costs";
import type { Period } from "./periods";

/** A figure, or why there is none. */
export type Known<T> = { readonly value: T } | { readonly unknown: string };

export interface Advice {
  /** Dollars that the rest of the month will cost. */
  readonly monthLeft: Known<number>;
  readonly savingsPlans: Known<SavingsPlans | undefined>;
  readonly rightsizing: Known<Rightsizing>;
}

/** Of the whole account: a plan is bought for all of it. */
interface SavingsPlans {
  readonly hourlyCommitment: number;
  readonly monthlySavings: number;
  readonly savingsPercent: number;
}

interface Rightsizing {
  /** Machines that could be smaller, and that do nothing. */
  readonly smaller: number;
  readonly idle: readonly string[];
  readonly monthlySavings: number;
}

interface AdviceQuestion {
  readonly client: CostExplorerClient;
  readonly environment: string;
  readonly monthLeft: Period;
}

/** A new account has too little history, and some advice has to be switched on: the report says so and goes on. */
export async function readAdvice(question: AdviceQuestion): Promise<Advice> {
  return {
    monthLeft: await known(() => forecast(question)),
    savingsPlans: await known(() => savingsPlans(question.client)),
    rightsizing: await known(() => rightsizing(question.client)),
  };
}

/** What Cost Explorer says where it has no answer, and not where it failed. */
const noAnswer = ["DataUnavailableException", "AccessDeniedException", "BillExpirationException"];

async function known<T>(read: () => Promise<T>): Promise<Known<T>> {
  try {
    return { value: await read() };
  } catch (error) {
    if (error instanceof Error && noAnswer.includes(error.name))
      return { unknown: `${error.name}: ${error.message}` };
    throw error;
  }
}

async function forecast({ client, environment, monthLeft }: AdviceQuestion): Promise<number> {
  const { Total } = await client.send(
    new GetCostForecastCommand({
      TimePeriod: monthLeft,
      Granularity: "MONTHLY",
      Metric: "UNBLENDED_COST",
      Filter: ofEnvironment(environment),
    }),
  );
  return Number(Total?.Amount ?? 0);
}

/** For any machine, of a year and without a payment in advance: the plan that binds least. */
async function savingsPlans(client: CostExplorerClient): Promise<SavingsPlans | undefined> {
  const { SavingsPlansPurchaseRecommendation: found } = await client.send(
    new GetSavingsPlansPurchaseRecommendationCommand({
      SavingsPlansType: "COMPUTE_SP",
      TermInYears: "ONE_YEAR",
      PaymentOption: "NO_UPFRONT",
      LookbackPeriodInDays: "SIXTY_DAYS",
    }),
  );
  const summary = found?.SavingsPlansPurchaseRecommendationSummary;
  const hourlyCommitment = Number(summary?.HourlyCommitmentToPurchase ?? 0);
  if (summary === undefined || hourlyCommitment === 0) return undefined;
  return {
    hourlyCommitment,
    monthlySavings: Number(summary.EstimatedMonthlySavingsAmount ?? 0),
    savingsPercent: Number(summary.EstimatedSavingsPercentage ?? 0),
  };
}

async function rightsizing(client: CostExplorerClient): Promise<Rightsizing> {
  let found: Rightsizing = { smaller: 0, idle: [], monthlySavings: 0 };
  let next: string | undefined;
  do {
    const page = await client.send(
      new GetRightsizingRecommendationCommand({
        Service: "AmazonEC2",
        Configuration: { BenefitsConsidered: true, RecommendationTarget: "SAME_INSTANCE_FAMILY" },
        ...(next !== undefined && { NextPageToken: next }),
      }),
    );
    const entries = page.RightsizingRecommendations ?? [];
    const idle = entries.filter(({ RightsizingType }) => RightsizingType === "TERMINATE");
    found = {
      smaller: found.smaller + entries.length - idle.length,
      idle: [
        ...found.idle,
        ...idle.map(({ CurrentInstance }) => CurrentInstance?.ResourceId ?? "without an id"),
      ],
      // Each page has the sum of all.
      monthlySavings: Number(page.Summary?.EstimatedTotalMonthlySavingsAmount ?? 0),
    };
    next = page.NextPageToken;
  } while (next !== undefined);
  return found;
}
