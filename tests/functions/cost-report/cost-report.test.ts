import {
  CostExplorerClient,
  GetCostAndUsageCommand,
  GetCostForecastCommand,
  GetRightsizingRecommendationCommand,
  GetSavingsPlansPurchaseRecommendationCommand,
} from "@aws-sdk/client-cost-explorer";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { mockClient } from "aws-sdk-client-mock";
import { expect } from "chai";
import { readAdvice } from "../../../functions/cost-report/advice";
import { readCosts } from "../../../functions/cost-report/costs";
import { handler } from "../../../functions/cost-report";
import { periodsAt } from "../../../functions/cost-report/periods";
import { reportText, subjectOf } from "../../../functions/cost-report/text";

/** A Monday. */
const now = new Date("2026-03-16T14:00:00Z");
const periods = periodsAt(now);
const unblended = (Amount: string, Unit = "USD") => ({ UnblendedCost: { Amount, Unit } });
const day = (Start: string) => ({ Start, End: Start });

/** What is written meanwhile, and how to end it. */
function listenToOutput(written: string[]): () => void {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (line: string | Uint8Array) => written.push(String(line)) > 0;
  return () => {
    process.stdout.write = write;
  };
}

describe("the periods of the cost report", () => {
  it("are whole weeks from Monday, and the month as far as it has gone", () => {
    expect(periods).to.deep.equal({
      week: { Start: "2026-03-09", End: "2026-03-16" },
      weekBefore: { Start: "2026-03-02", End: "2026-03-09" },
      trend: { Start: "2026-02-16", End: "2026-03-16" },
      monthToDate: { Start: "2026-03-01", End: "2026-03-16" },
      monthLeft: { Start: "2026-03-16", End: "2026-04-01" },
    });
  });

  it("take Sunday for the last day of a week, and know the first of a month and the end of a year", () => {
    expect(periodsAt(new Date("2026-03-15T23:59:59Z")).week.End).to.equal("2026-03-09");
    expect(periodsAt(new Date("2026-06-01T00:00:00Z")).monthToDate).to.equal(undefined);
    expect(periodsAt(new Date("2026-12-31T12:00:00Z")).monthLeft).to.deep.equal({
      Start: "2026-12-31",
      End: "2027-01-01",
    });
  });
});

describe("the cost report", () => {
  const explorer = mockClient(CostExplorerClient);
  const topics = mockClient(SNSClient);
  const secrets = mockClient(SecretsManagerClient);
  const given = { ...process.env };
  beforeEach(() => {
    explorer.reset();
    topics.reset();
    secrets.reset();
  });
  afterEach(() => {
    process.env = { ...given };
  });
  after(() => {
    for (const mock of [explorer, topics, secrets]) mock.restore();
  });

  const client = new CostExplorerClient({ region: "us-east-1" });
  const question = { client, environment: "prod", periods };

  /** Answers as the service gives them: totals by day, groups by day and page, names of tags with their keys. */
  function answer(): void {
    explorer
      .on(GetCostAndUsageCommand, { TimePeriod: periods.trend })
      .resolves({
        ResultsByTime: [
          { TimePeriod: day("2026-02-16"), Total: unblended("100") },
          { TimePeriod: day("2026-03-08"), Total: unblended("200") },
          { TimePeriod: day("2026-03-09"), Total: unblended("150.25") },
          { TimePeriod: day("2026-03-15"), Total: unblended("99.75") },
        ],
      })
      .on(GetCostAndUsageCommand, { TimePeriod: periods.monthToDate })
      .resolves({ ResultsByTime: [{ Total: unblended("450") }, { Total: unblended("50") }] })
      .on(GetCostAndUsageCommand, { GroupBy: [{ Type: "TAG", Key: "team" }] })
      .resolvesOnce({
        ResultsByTime: [
          {
            TimePeriod: day("2026-03-08"),
            Groups: [{ Keys: ["team$relaycore"], Metrics: unblended("20") }],
          },
        ],
        NextPageToken: "2",
      })
      .resolvesOnce({
        ResultsByTime: [
          {
            TimePeriod: day("2026-03-09"),
            Groups: [
              { Keys: ["team$relaycore"], Metrics: unblended("10") },
              { Keys: ["team$"], Metrics: unblended("240") },
            ],
          },
        ],
      });
    explorer
      .on(GetCostAndUsageCommand, { GroupBy: [{ Type: "TAG", Key: "service" }] })
      .resolves({ ResultsByTime: [] })
      .on(GetCostAndUsageCommand, { GroupBy: [{ Type: "DIMENSION", Key: "SERVICE" }] })
      .resolves({
        ResultsByTime: [
          {
            TimePeriod: day("2026-03-10"),
            Groups: Array.from({ length: 12 }, (_, index) => ({
              Keys: [`Service ${index + 1}`],
              Metrics: unblended(String(12 - index)),
            })),
          },
        ],
      });
    explorer.on(GetCostForecastCommand).resolves({ Total: { Amount: "700", Unit: "USD" } });
    explorer.on(GetSavingsPlansPurchaseRecommendationCommand).resolves({
      SavingsPlansPurchaseRecommendation: {
        SavingsPlansPurchaseRecommendationSummary: {
          HourlyCommitmentToPurchase: "0.42",
          EstimatedMonthlySavingsAmount: "80.5",
          EstimatedSavingsPercentage: "21.4",
        },
      },
    });
    explorer.on(GetRightsizingRecommendationCommand).resolves({
      Summary: { EstimatedTotalMonthlySavingsAmount: "33" },
      RightsizingRecommendations: [
        { RightsizingType: "TERMINATE", CurrentInstance: { ResourceId: "i-0abc" } },
        { RightsizingType: "MODIFY", CurrentInstance: { ResourceId: "i-0def" } },
      ],
    });
  }

  async function read() {
    return {
      ...{ environment: "prod", periods, budget: 1000 },
      costs: await readCosts(question),
      advice: await readAdvice({ client, environment: "prod", monthLeft: periods.monthLeft }),
    };
  }

  it("adds up days and pages, of the environment alone, and names what has no tag", async () => {
    answer();
    const costs = await readCosts(question);
    expect(costs.weeks).to.deep.equal([100, 0, 200, 250]);
    expect(costs.monthToDate).to.equal(500);
    expect(costs.byTeam).to.deep.equal([
      { name: "without the tag team", week: 240, weekBefore: 0 },
      { name: "relaycore", week: 10, weekBefore: 20 },
    ]);
    for (const { args } of explorer.commandCalls(GetCostAndUsageCommand))
      expect(args[0].input.Filter).to.deep.equal({
        Tags: { Key: "environment", Values: ["prod"] },
      });
  });

  it("is one page, from the week's sum to what could be spared", async () => {
    answer();
    const report = await read();
    expect(subjectOf(report)).to.equal(
      "Costs of prod: 250.00 USD last week, +25.0 % on the week before",
    );
    const lines = reportText(report).split("\n");
    expect(lines.slice(0, 9)).to.deep.equal([
      "Costs of prod, 2026-03-09 to 2026-03-15, in USD",
      "",
      "week        250.00, +25.0 % on the week before",
      "four weeks  100.00, 0.00, 200.00, 250.00",
      "month       2026-03: 500.00 so far, forecast 1,200.00, budget 1,000.00 (120 %)",
      "",
      "by team",
      "  without the tag team        240.00  nothing the week before",
      "  relaycore                    10.00  -50.0 % on the week before",
    ]);
    expect(lines).to.include.members([
      "by service of ours",
      "  nothing",
      "  2 others            3.00  nothing the week before",
      "  Savings Plans: 0.420 an hour for a year, nothing in advance, saves 80.50 a month (21 %)",
      "  machines: 1 could be smaller, 1 idle (i-0abc); saves 33.00 a month",
    ]);
    expect(lines).not.to.include("not known");
  });

  it("says what nobody knows yet, and fails where Cost Explorer did", async () => {
    answer();
    const failure = (name: string) => Object.assign(new Error("too little history"), { name });
    explorer.on(GetCostForecastCommand).rejects(failure("DataUnavailableException"));
    explorer.on(GetRightsizingRecommendationCommand).rejects(failure("AccessDeniedException"));
    const lines = reportText(await read()).split("\n");
    expect(lines).to.include.members([
      "month       2026-03: 500.00 so far, no forecast, budget 1,000.00",
      "not known",
      "  forecast: DataUnavailableException: too little history",
      "  rightsizing: AccessDeniedException: too little history",
    ]);
    explorer.on(GetCostForecastCommand).rejects(failure("InternalServerError"));
    const failed = await read().catch((error: unknown) => error);
    expect(failed).to.be.instanceOf(Error);
  });

  it("refuses to add up another currency", async () => {
    explorer.on(GetCostAndUsageCommand).resolves({
      ResultsByTime: [{ TimePeriod: day("2026-03-09"), Total: unblended("1", "CNY") }],
    });
    const failed = await readCosts(question).catch((error: unknown) => error);
    expect(String(failed)).to.equal("Error: Cost Explorer answers in CNY, the report is in USD");
  });

  it("is sent by mail, and writes its sums as metrics", async () => {
    explorer.onAnyCommand().resolves({});
    topics.on(PublishCommand).resolves({ MessageId: "1" });
    Object.assign(process.env, { ENVIRONMENT: "prod", TOPIC_ARN: "arn:costs" });
    const written: string[] = [];
    const restore = listenToOutput(written);
    await handler().finally(restore);
    const [published] = topics.commandCalls(PublishCommand);
    expect(published?.args[0].input).to.deep.include({
      TopicArn: "arn:costs",
      Subject: "Costs of prod: 0.00 USD last week, as before",
    });
    const metrics = written.find((line) => line.includes("Auterity/Cost"));
    expect(JSON.parse(metrics ?? "")).to.deep.include({
      ...{ Environment: "prod", WeekCost: 0, MonthToDateCost: 0, MonthForecast: 0 },
    });
  });

  it("is not sent without a place to send it to", async () => {
    explorer.onAnyCommand().resolves({});
    process.env["ENVIRONMENT"] = "prod";
    delete process.env["TOPIC_ARN"];
    const failed = await handler().catch((error: unknown) => error);
    expect(String(failed)).to.equal("Error: TOPIC_ARN is not set");
    expect(topics.commandCalls(PublishCommand)).to.have.length(0);
    expect(secrets.commandCalls(GetSecretValueCommand)).to.have.length(0);
  });
});
