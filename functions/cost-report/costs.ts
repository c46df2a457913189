import {
  type CostExplorerClient,
  type Expression,
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandInput,
  type GroupDefinition,
  type ResultByTime,
} from "@aws-sdk/client-cost-explorer";
import { contains, type Period, type Periods } from "./periods";

/** As the bill has it: what was used, at its price of that day, without credits spread over accounts. */
const costMetric = "UnblendedCost";

/** What the week and the one before cost, by name of a group. */
export interface GroupCost {
  readonly name: string;
  readonly week: number;
  readonly weekBefore: number;
}

export interface Costs {
  /** Of the last four whole weeks, the oldest first. */
  readonly weeks: readonly number[];
  readonly monthToDate: number;
  /** Each the dearest first. */
  readonly byTeam: readonly GroupCost[];
  readonly byService: readonly GroupCost[];
  readonly byAwsService: readonly GroupCost[];
}

export interface CostQuestion {
  readonly client: CostExplorerClient;
  readonly environment: string;
  readonly periods: Periods;
}

export function ofEnvironment(environment: string): Expression {
  return { Tags: { Key: "environment", Values: [environment] } };
}

/** Every request costs a cent: there are five, and one more for each further page. */
export async function readCosts(question: CostQuestion): Promise<Costs> {
  const { periods } = question;
  const days = await ask(question, { TimePeriod: periods.trend });
  return {
    weeks: weeklySums(days, periods.trend),
    monthToDate:
      periods.monthToDate === undefined ? 0 : await monthCost(question, periods.monthToDate),
    byTeam: await groupCosts(question, { Type: "TAG", Key: "team" }),
    byService: await groupCosts(question, { Type: "TAG", Key: "service" }),
    byAwsService: await groupCosts(question, { Type: "DIMENSION", Key: "SERVICE" }),
  };
}

async function monthCost(question: CostQuestion, month: Period): Promise<number> {
  const results = await ask(question, { TimePeriod: month });
  return results.reduce((sum, { Total }) => sum + amountOf(Total), 0);
}

async function groupCosts(
  question: CostQuestion,
  group: GroupDefinition,
): Promise<readonly GroupCost[]> {
  const { week, weekBefore } = question.periods;
  const results = await ask(question, {
    TimePeriod: { Start: weekBefore.Start, End: week.End },
    GroupBy: [group],
  });
  const found = new Map<string, GroupCost>();
  for (const { TimePeriod, Groups = [] } of results)
    for (const { Keys = [], Metrics } of Groups) {
      const name = groupName(Keys[0] ?? "");
      const so = found.get(name) ?? { name, week: 0, weekBefore: 0 };
      const key = contains(week, TimePeriod?.Start ?? "") ? "week" : "weekBefore";
      found.set(name, { ...so, [key]: so[key] + amountOf(Metrics) });
    }
  return [...found.values()].sort((one, other) => other.week - one.week);
}

/** Of a tag it comes as `KEY$VALUE`, without a value where there is no such tag. */
function groupName(key: string): string {
  const at = key.indexOf("$");
  if (at < 0) return key;
  return key.slice(at + 1) || `without the tag ${key.slice(0, at)}`;
}

/** Every page, day by day. */
async function ask(
  { client, environment }: CostQuestion,
  input: Pick<GetCostAndUsageCommandInput, "TimePeriod" | "GroupBy">,
): Promise<ResultByTime[]> {
  const results: ResultByTime[] = [];
  let next: string | undefined;
  do {
    const page = await client.send(
      new GetCostAndUsageCommand({
        ...input,
        Granularity: "DAILY",
        Metrics: [costMetric],
        Filter: ofEnvironment(environment),
        ...(next !== undefined && { NextPageToken: next }),
      }),
    );
    results.push(...(page.ResultsByTime ?? []));
    next = page.NextPageToken;
  } while (next !== undefined);
  return results;
}

function weeklySums(days: readonly ResultByTime[], { Start }: Period): number[] {
  const sums = [0, 0, 0, 0];
  for (const { TimePeriod, Total } of days) {
    const week = Math.floor(
      (Date.parse(TimePeriod?.Start ?? "") - Date.parse(Start)) / 604_800_000,
    );
    sums[week] = (sums[week] ?? 0) + amountOf(Total);
  }
  return sums;
}

/** @throws Error for another currency than dollars: sums of several would mean nothing. */
function amountOf(metrics: ResultByTime["Total"]): number {
  const { Amount = "0", Unit = "USD" } = metrics?.[costMetric] ?? {};
  if (Unit !== "USD" && Number(Amount) !== 0)
    throw new Error(`Cost Explorer answers in ${Unit}, the report is in USD`);
  return Number(Amount);
}
