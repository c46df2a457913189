import { expect } from "chai";
import {
  AnomalyAlarms,
  type AnomalyAlarmsArgs,
  type WatchedMetric,
} from "../../../components/anomaly-alarms";
import { watchedExpression } from "../../../components/anomaly-alarms/anomaly-alarms";
import { anomalyAlarmsDefaults } from "../../../components/anomaly-alarms/args";
import type { ArgsError } from "../../../components/shared/args-error";
import { startOfflineEngine } from "../../support/engine";

const topic = "arn:aws:sns:us-west-2:123456789012:information";

const gateways: WatchedMetric = {
  title: "What leaves by the gateways",
  look: "Ask the flow logs who sends it.",
  ...{ namespace: "AWS/NATGateway", metricName: "BytesOutToDestination", statistic: "Sum" },
  of: [{ NatGatewayId: "nat-1" }, { NatGatewayId: "nat-2" }],
  least: 1_000_000,
};
const latency: WatchedMetric = {
  title: "How long answers take",
  look: "Which service is slow?",
  ...{ namespace: "AWS/ApplicationELB", metricName: "TargetResponseTime", statistic: "Average" },
  of: [{ LoadBalancer: "app/public/1" }],
  ...{ least: 0.2, direction: "both" },
  while: {
    ...{ namespace: "AWS/ApplicationELB", metricName: "RequestCount" },
    dimensions: { LoadBalancer: "app/public/1" },
    least: 500,
  },
};
const args: AnomalyAlarmsArgs = {
  region: "us-west-2",
  watched: { gateways, latency },
  informationTopicArn: topic,
};

async function register(given = args, mode: "known" | "unknown" = "known") {
  const engine = await startOfflineEngine({ mode });
  new AnomalyAlarms("prod", given);
  await engine.settle();
  return engine.registrations;
}

/** What CloudWatch computes of the expression, over the few forms that we use; a missing value is undefined. */
function computed(
  metric: WatchedMetric,
  values: Readonly<Record<string, number | undefined>>,
): number {
  const filled = watchedExpression(metric).replaceAll(/FILL\((\w+), 0\)/g, (_, id: string) =>
    String(values[id] ?? 0),
  );
  const branch = /IF\(((?:[^(),]|\([^()]*\))+), ((?:[^(),])+), ([^(),]+)\)/;
  let text = filled;
  for (let found = branch.exec(text); found !== null; found = branch.exec(text)) {
    const [whole, condition = "", then = "", other = ""] = found;
    const [left = "", operator = "", right = ""] = condition.split(/\s(>=|>)\s/);
    const sum = (terms: string): number =>
      terms.split(" + ").reduce((total, term) => total + Number(term), 0);
    const holds = operator === ">=" ? sum(left) >= sum(right) : sum(left) > sum(right);
    text = text.replace(whole, String(sum(holds ? then : other)));
  }
  return Number(text);
}

describe("AnomalyAlarms", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers an alarm for each metric (${mode} values)`, async () => {
      expect((await register(args, mode)).map(({ type, name }) => [type, name])).to.deep.equal([
        ["platform:observation:AnomalyAlarms", "prod"],
        ["aws:cloudwatch/metricAlarm:MetricAlarm", "prod-unusual-gateways"],
        ["aws:cloudwatch/metricAlarm:MetricAlarm", "prod-unusual-latency"],
      ]);
    });

  it("compares with the band of a model, three periods in a row, and tells the topic of information alone", async () => {
    const [, alarm] = await register();
    expect(alarm!.inputs).to.deep.include({
      alarmDescription:
        "For information, pages nobody: What leaves by the gateways is unlike what is usual at this time. Ask the flow logs who sends it.",
      ...{ comparisonOperator: "GreaterThanUpperThreshold", thresholdMetricId: "band" },
      ...{ evaluationPeriods: 3, datapointsToAlarm: 3, treatMissingData: "notBreaching" },
      alarmActions: [topic],
    });
    expect(alarm!.inputs).to.not.have.any.keys("okActions", "threshold", "metricName");
    const metric = (id: string, gateway: string) => ({
      id,
      metric: {
        ...{ namespace: "AWS/NATGateway", metricName: "BytesOutToDestination" },
        ...{ dimensions: { NatGatewayId: gateway }, stat: "Sum", period: 900 },
      },
    });
    expect(alarm!.inputs["metricQueries"]).to.deep.equal([
      {
        ...{ id: "band", label: "Usual", returnData: true },
        expression: "ANOMALY_DETECTION_BAND(watched, 4)",
      },
      {
        ...{ id: "watched", label: gateways.title, returnData: true },
        expression: "IF(FILL(m1, 0) + FILL(m2, 0) > 1000000, FILL(m1, 0) + FILL(m2, 0), 1000000)",
      },
      metric("m1", "nat-1"),
      metric("m2", "nat-2"),
    ]);
  });

  it("knows no less than its floor, and nothing unusual while nothing is busy", async () => {
    const cases: [WatchedMetric, Record<string, number | undefined>, number][] = [
      [gateways, { m1: 800_000, m2: 900_000 }, 1_700_000],
      [gateways, { m1: 300_000, m2: 200_000 }, 1_000_000],
      [gateways, { m1: 3_000_000 }, 3_000_000],
      [gateways, {}, 1_000_000],
      [latency, { m1: 0.9, traffic: 500 }, 0.9],
      [latency, { m1: 0.9, traffic: 499 }, 0.2],
      [latency, { m1: 0.9 }, 0.2],
      [latency, { m1: 0.1, traffic: 9000 }, 0.2],
    ];
    for (const [metric, values, expected] of cases)
      expect(computed(metric, values), JSON.stringify(values)).to.equal(expected);
    const [, , alarm] = await register();
    expect(alarm!.inputs["comparisonOperator"]).to.equal(
      "LessThanLowerOrGreaterThanUpperThreshold",
    );
  });

  it("has the defaults that its arguments tell of", () => {
    expect(anomalyAlarmsDefaults).to.deep.equal({
      ...{ deviations: 4, periodMinutes: 15, periods: 3, tags: {} },
    });
  });

  it("refuses everything that is wrong at once", () => {
    const problemsOf = (given: AnomalyAlarmsArgs): readonly string[] => {
      try {
        new AnomalyAlarms("prod", given);
      } catch (error) {
        return (error as ArgsError).problems;
      }
      return [];
    };
    expect(
      problemsOf({
        ...args,
        ...{ region: "west", deviations: 1, periodMinutes: 7, periods: 1 },
        watched: {
          "What leaves": { ...gateways, title: " ", of: [], least: 0 },
          latency: { ...latency, while: { ...latency.while!, least: 0 } },
        },
      }),
    ).to.deep.equal([
      'region: got "west", need an AWS region',
      "deviations: got 1, need 2 to 10",
      "periodMinutes: got 7, need 5 to 60, in fives",
      "periods: got 1, need 2 to 10",
      'watched: got the name "What leaves", need a DNS label',
      "watched.What leaves.title: got nothing, need text",
      "watched.What leaves.of: got 0, need 1 to 7",
      "watched.What leaves.least: got 0, need more than 0; one event of a quiet night would be unusual",
      "watched.latency.while.least: got 0, need more than 0",
    ]);
    expect(problemsOf({ ...args, watched: {} })).to.deep.equal([
      "watched: got none, need at least one",
    ]);
  });
});

describe("The example of AnomalyAlarms", () => {
  it("runs by itself", async () => {
    const engine = await startOfflineEngine({ config: { "auterity:accountId": "123456789012" } });
    await import("../../../examples/anomaly-alarms/index.js");
    await engine.settle();
    expect(engine.registrations.map(({ name }) => name)).to.include("account-unusual-functions");
  });
});
