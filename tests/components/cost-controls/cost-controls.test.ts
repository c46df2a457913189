import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { CostControls, type CostControlsArgs } from "../../../components/cost-controls";
import { ArgsError } from "../../../components/shared/args-error";
import { startOfflineEngine } from "../../support/engine";

const accountId = "123456789012";
const args: CostControlsArgs = {
  region: "us-west-2",
  accountId,
  environment: "prod",
  monthlyBudgetUsd: 6000,
  teamBudgetsUsd: { relaycore: 500 },
  emailAddresses: ["finance@example.com"],
  ownsAccountSettings: true,
  allocationTags: ["team"],
  alarmTopicArn: "arn:aws:sns:us-west-2:123456789012:alarms",
};

async function register(given: CostControlsArgs, mode: "known" | "unknown" = "known") {
  const engine = await startOfflineEngine({ mode });
  const provider = new aws.Provider("account", { region: "us-west-2" });
  new CostControls("costs", given, { providers: [provider] });
  await engine.settle();
  return engine.registrations.filter(({ type }) => !type.startsWith("pulumi:"));
}

async function inputsOf(given: CostControlsArgs, type: string, name: string) {
  const registrations = await register(given);
  return registrations.find((each) => each.type === type && each.name === name)?.inputs;
}

describe("CostControls", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers a topic, budgets, monitors, tags and a report (${mode} values)`, async () => {
      expect(
        (await register(args, mode)).map(({ type, name }) => `${type} ${name}`),
      ).to.have.members([
        "platform:cost:CostControls costs",
        "aws:kms/key:Key costs-costs",
        "aws:sns/topic:Topic costs-costs",
        "aws:sns/topicPolicy:TopicPolicy costs-costs",
        "aws:sns/topicSubscription:TopicSubscription costs-costs-finance@example.com",
        "aws:budgets/budget:Budget costs-budget",
        "aws:budgets/budget:Budget costs-team-relaycore-budget",
        "aws:costexplorer/anomalyMonitor:AnomalyMonitor costs-anomalies",
        "aws:costexplorer/anomalyMonitor:AnomalyMonitor costs-anomalies-of-services",
        "aws:costexplorer/anomalySubscription:AnomalySubscription costs-anomalies",
        "aws:costexplorer/costAllocationTag:CostAllocationTag costs-allocation-team",
        "aws:cloudwatch/logGroup:LogGroup costs-cost-report",
        "aws:iam/role:Role costs-cost-report",
        "aws:iam/rolePolicy:RolePolicy costs-cost-report",
        "aws:lambda/function:Function costs-cost-report",
        "aws:iam/role:Role costs-cost-report-schedule",
        "aws:iam/rolePolicy:RolePolicy costs-cost-report-schedule",
        "aws:scheduler/schedule:Schedule costs-cost-report-schedule",
        "aws:cloudwatch/metricAlarm:MetricAlarm costs-cost-report",
      ]);
    });

  it("makes what an account has once only where it is said to", async () => {
    const others = { ...args, ownsAccountSettings: false, allocationTags: [] };
    const names = (await register(others)).map(({ name }) => name);
    expect(names).not.to.include.members(["costs-anomalies-of-services"]);
    expect(names.filter((name) => name.includes("allocation"))).to.deep.equal([]);
  });

  it("warns at half, at four fifths and at all, of what was spent and of what will be", async () => {
    const type = "aws:budgets/budget:Budget";
    const budget = await inputsOf(args, type, "costs-budget");
    expect(budget).to.deep.include({
      ...{ name: "costs", accountId, budgetType: "COST", timeUnit: "MONTHLY" },
      ...{ limitAmount: "6000", limitUnit: "USD", metrics: "UnblendedCost" },
      filterExpression: {
        tags: { key: "environment", values: ["prod"], matchOptions: ["EQUALS"] },
      },
    });
    const notifications = budget?.["notifications"] as Record<string, string>[];
    expect(
      notifications.map(({ notificationType, threshold }) =>
        [notificationType, threshold].join(" "),
      ),
    ).to.deep.equal([
      ...["ACTUAL 50", "ACTUAL 80", "ACTUAL 100"],
      ...["FORECASTED 50", "FORECASTED 80", "FORECASTED 100"],
    ]);
    const team = await inputsOf(args, type, "costs-team-relaycore-budget");
    expect(team?.["filterExpression"]).to.deep.equal({
      ands: [
        { tags: { key: "environment", values: ["prod"], matchOptions: ["EQUALS"] } },
        { tags: { key: "team", values: ["relaycore"], matchOptions: ["EQUALS"] } },
      ],
    });
  });

  it("lets budgets and anomalies of its account alone publish, encrypted", async () => {
    const policy = await inputsOf(args, "aws:sns/topicPolicy:TopicPolicy", "costs-costs");
    const { Statement } = JSON.parse(String(policy?.["policy"])) as {
      Statement: { Sid: string; Effect: string; Condition: object }[];
    };
    expect(Statement.map(({ Sid, Effect }) => `${Effect} ${Sid}`)).to.deep.equal([
      "Allow BudgetsPublish",
      "Allow AnomaliesPublish",
      "Deny EncryptedConnectionsOnly",
    ]);
    for (const { Condition } of Statement.slice(0, 2))
      expect(JSON.stringify(Condition)).to.include(`"aws:SourceAccount":"${accountId}"`);
  });

  it("asks for what is unusual in dollars and in percent both", async () => {
    const type = "aws:costexplorer/anomalySubscription:AnomalySubscription";
    const subscription = await inputsOf(
      { ...args, anomaly: { leastDollars: 20 } },
      type,
      "costs-anomalies",
    );
    const of = (key: string, value: string) => ({
      dimension: { key, values: [value], matchOptions: ["GREATER_THAN_OR_EQUAL"] },
    });
    expect(subscription?.["thresholdExpression"]).to.deep.equal({
      ands: [
        of("ANOMALY_TOTAL_IMPACT_ABSOLUTE", "20"),
        of("ANOMALY_TOTAL_IMPACT_PERCENTAGE", "40"),
      ],
    });
  });

  it("gives the report the chat's address only where there is one, by its secret", async () => {
    const role = "costs-cost-report";
    const secret = "arn:aws:secretsmanager:us-west-2:123456789012:secret:chat";
    const key = "arn:aws:kms:us-west-2:123456789012:key/chat";
    const withChat = { ...args, report: { chatSecretArn: secret, chatSecretKeyArn: key } };
    const policyOf = async (given: CostControlsArgs) =>
      JSON.stringify((await inputsOf(given, "aws:iam/rolePolicy:RolePolicy", role))?.["policy"]);
    expect(await policyOf(args)).not.to.include("secretsmanager");
    expect(await policyOf(withChat))
      .to.include(secret)
      .and.to.include(key);
    const created = await inputsOf(withChat, "aws:lambda/function:Function", role);
    expect((created?.["environment"] as { variables: object }).variables).to.deep.equal({
      ENVIRONMENT: "prod",
      TOPIC_ARN: "arn:aws:sns:us-west-2:123456789012:costs-costs",
      MONTHLY_BUDGET_USD: "6000",
      CHAT_SECRET_ARN: secret,
    });
  });

  it("refuses every problem at once, and registers nothing", async () => {
    const engine = await startOfflineEngine({ mode: "known" });
    let problems: readonly string[] = [];
    try {
      new CostControls("Costs", {
        ...{ region: "oregon", accountId: "1", environment: "" },
        ...{ monthlyBudgetUsd: 0, teamBudgetsUsd: { relaycore: -1, "a b": 5 } },
        ...{ emailAddresses: ["nobody"], allocationTags: ["aws:x", "team", "team"] },
        anomaly: { leastPercent: 0 },
        report: { schedule: "weekly", chatSecretArn: "arn" },
        ...{ alarmTopicArn: "arn", logRetentionDays: 0 },
      });
    } catch (error) {
      problems = error instanceof ArgsError ? error.problems : [];
    }
    expect(problems).to.deep.equal([
      'name: got "Costs", need at most 52 lower-case letters, digits and hyphens, a letter first',
      'region: got "oregon", need an AWS region',
      'accountId: got "1", need 12 digits, or unassigned',
      "environment: got none, need the value of the tag",
      "monthlyBudgetUsd: got 0, need dollars above 0, or unassigned",
      "teamBudgetsUsd.relaycore: got -1, need dollars above 0, or unassigned",
      'teamBudgetsUsd: got "a b", need the value of a tag team',
      "anomaly.leastPercent: got 0, need more than 0",
      'emailAddresses: got "nobody", need a mail address',
      'allocationTags: got "aws:x", need the key of a tag of ours',
      'allocationTags: got "team" twice, need each once',
      'report.schedule: got "weekly", need cron(…) or rate(…)',
      "report.chatSecretKeyArn: need it exactly where report.chatSecretArn is given",
      "logRetentionDays: got 0, need a whole number of at least 1",
    ]);
    await engine.settle();
    expect(engine.registrations).to.deep.equal([]);
  });
});

describe("the example of CostControls", () => {
  it("runs by itself, all with the provider of its account", async () => {
    const engine = await startOfflineEngine({
      config: { "auterity:accountId": accountId, "auterity:monthlyBudgetUsd": "100" },
    });
    await import("../../../examples/cost-controls/index.js");
    await engine.settle();
    const providers = engine.registrations
      .filter(({ type }) => type.startsWith("aws:"))
      .map(({ provider }) => provider.split("::")[3]);
    expect(providers).to.have.length.above(10);
    expect(new Set(providers)).to.deep.equal(new Set(["account"]));
  });
});
