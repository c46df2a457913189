import { expect } from "chai";
import { probedAttacks } from "../../../components/edge-protection/rules";
import { attacks } from "../../../functions/edge-probe/attacks";
import { metricLine } from "../../../functions/edge-probe/metrics";
import { mostBurstRequests, parsePlan } from "../../../functions/edge-probe/plan";
import { full, inputsOf, least, registered } from "./fixture";

const lambda = "aws:lambda/function:Function";

async function planOf(args: typeof least) {
  const { environment } = await inputsOf(args, lambda);
  const { variables } = environment as { variables: Record<string, string> };
  expect(Object.keys(variables)).to.deep.equal(["PROBE_PLAN"]);
  // As the function itself reads it.
  return parsePlan(variables["PROBE_PLAN"]);
}

describe("EdgeProtection: the probe", () => {
  it("attacks every host in every way it knows, and one with a burst over the limit", async () => {
    expect(await planOf(least)).to.deep.equal({
      environment: "dev",
      origins: ["https://api.platform.example", "https://app.platform.example"],
      attacks: [
        "sql-injection",
        "cross-site-scripting",
        "path-traversal",
        "log4j-lookup",
        "exploitable-path",
      ],
      burst: { origin: "http://api.platform.example", requests: 1500 },
    });
  });

  it("sends its burst to the same host, however the hosts are ordered", async () => {
    const { burst } = await planOf({ ...least, hosts: [...least.hosts].reverse() });
    expect(burst?.origin).to.equal("http://api.platform.example");
  });

  it("keeps below its cap at the greatest limit there may be", async () => {
    const { burst } = await planOf({ ...least, requestsPerFiveMinutes: 3000 });
    expect(burst?.requests).to.equal(4500).and.to.be.at.most(mostBurstRequests);
  });

  it("asks nothing of rules that only count", async () => {
    const until = "2026-12-31";
    const today = "2026-11-23";
    const common = await planOf({ ...least, today, countUntil: { common: until } });
    expect(common.attacks).to.deep.equal(["sql-injection", "log4j-lookup", "exploitable-path"]);
    const rate = await planOf({ ...least, today, countUntil: { "rate-limit": until } });
    expect(rate.burst).to.equal(undefined);
    expect(rate.attacks).to.have.length(5);
  });

  it("runs outside of every network of ours, twice an hour, with no right but its log", async () => {
    const { registrations } = await registered(full);
    const of = (type: string, name = "auterity-dev-edge-probe") =>
      registrations.find((one) => one.type === type && one.name === name)?.inputs;
    expect(of(lambda)).to.include({
      name: "auterity-dev-edge-probe",
      handler: "index.handler",
      timeout: 600,
    });
    expect(of(lambda)).not.to.have.property("vpcConfig");
    expect(of("aws:scheduler/schedule:Schedule", "auterity-dev-edge-probe-schedule")).to.include({
      scheduleExpression: "rate(30 minutes)",
    });
    expect(of("aws:iam/role:Role")).to.include({
      permissionsBoundary: full.permissionsBoundaryArn,
    });
    const policy = JSON.parse(of("aws:iam/rolePolicy:RolePolicy")?.["policy"] as string) as {
      Statement: { Action: string[] }[];
    };
    expect(policy.Statement.flatMap(({ Action }) => Action)).to.deep.equal([
      "logs:CreateLogStream",
      "logs:PutLogEvents",
    ]);
  });
});

describe("EdgeProtection: the alarm of a host", () => {
  const alarm = () =>
    inputsOf(
      full,
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      "auterity-dev-edge-probe-api.platform.example",
    );
  const metric = (id: string, metricName: string) => ({
    id,
    metric: {
      namespace: "Auterity/EdgeProbe",
      metricName,
      dimensions: { Environment: "dev", Host: "api.platform.example" },
      period: 3600,
      stat: "Sum",
    },
  });

  it("goes off unless everything was refused, and where nobody tried", async () => {
    expect(await alarm()).to.deep.equal({
      region: "us-west-2",
      alarmDescription:
        "Attacks on api.platform.example were not all refused within an hour, or nobody tried: the firewall may be off",
      metricQueries: [
        {
          id: "unrefused",
          label: "Attacks that were not refused",
          expression: "IF(refused > 0, passed + inconclusive, 1)",
          returnData: true,
        },
        metric("refused", "ProbesRefused"),
        metric("passed", "ProbesPassed"),
        metric("inconclusive", "ProbesInconclusive"),
      ],
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 1,
      treatMissingData: "breaching",
      alarmActions: [full.alarmTopicArn],
      okActions: [full.alarmTopicArn],
      tags: { team: "platform" },
    });
  });

  it("reads the metrics that the function writes", async () => {
    const written = JSON.parse(
      metricLine({ environment: "dev", host: "api.platform.example", findings: [] }, new Date()),
    ) as {
      _aws: {
        CloudWatchMetrics: [
          { Namespace: string; Dimensions: unknown; Metrics: { Name: string }[] },
        ];
      };
    };
    const [{ Namespace, Dimensions, Metrics }] = written._aws.CloudWatchMetrics;
    const queries = (await alarm())["metricQueries"] as Partial<ReturnType<typeof metric>>[];
    const read = queries.flatMap((query) => query.metric ?? []);
    expect(read.map(({ metricName }) => metricName)).to.deep.equal(Metrics.map(({ Name }) => Name));
    expect(new Set(read.map(({ namespace }) => namespace))).to.deep.equal(new Set([Namespace]));
    expect(Dimensions).to.deep.equal([Object.keys(read[0]!.dimensions)]);
  });
});

describe("EdgeProtection: the attacks", () => {
  it("are those that the function knows", () => {
    expect(Object.keys(probedAttacks)).to.deep.equal(Object.keys(attacks));
  });
});
