import { expect } from "chai";
import { SyntheticMonitoring } from "../../../components/synthetic-monitoring";
import {
  canaryDefaults,
  syntheticMonitoringDefaults,
} from "../../../components/synthetic-monitoring/args";
import type { WorkingWeek } from "../../../components/shared/working-week";
import { bundleFunction } from "../../../components/shared/function-code";
import { parsePlan } from "../../../functions/canary/plan";
import { startOfflineEngine } from "../../support/engine";
import { account, args, boundary, topic } from "./fixture";

async function register(given = args, mode: "known" | "unknown" = "known") {
  const engine = await startOfflineEngine({ mode });
  const component = new SyntheticMonitoring("shop", given);
  await engine.settle();
  return { registrations: engine.registrations, component };
}

async function inputsOf(type: string, name: string): Promise<Record<string, unknown>> {
  const { registrations } = await register();
  const found = registrations.filter((one) => one.type.endsWith(`:${type}`) && one.name === name);
  expect(found, `${type} ${name}`).to.have.length(1);
  return found[0]!.inputs;
}

const statementsOf = async (name: string) =>
  (
    JSON.parse((await inputsOf("RolePolicy", name))["policy"] as string) as {
      Statement: { Sid: string; Resource: unknown; Action: unknown }[];
    }
  ).Statement;

describe("SyntheticMonitoring", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers code once, and by canary its role, log and alarms (${mode} values)`, async () => {
      const { registrations } = await register(args, mode);
      const of = (canary: string) => [
        ["aws:iam/role:Role", `shop-canary-${canary}`],
        ["aws:iam/rolePolicy:RolePolicy", `shop-canary-${canary}`],
        ["aws:synthetics/canary:Canary", `shop-canary-${canary}`],
        ["aws:cloudwatch/logGroup:LogGroup", `shop-canary-${canary}`],
        ["aws:iam/rolePolicy:RolePolicy", `shop-canary-${canary}-log`],
        ["aws:cloudwatch/metricAlarm:MetricAlarm", `shop-canary-${canary}-failing`],
        ["aws:cloudwatch/metricAlarm:MetricAlarm", `shop-canary-${canary}-slow`],
      ];
      expect(registrations.map(({ type, name }) => [type, name])).to.have.deep.members([
        ["platform:observation:SyntheticMonitoring", "shop"],
        ["aws:kms/key:Key", "shop-canaries"],
        ["aws:s3/bucketObject:BucketObject", "shop-canary-code"],
        ...of("start-page"),
        ...of("orders"),
      ]);
      expect(registrations.filter(({ protect }) => protect).map(({ name }) => name)).to.deep.equal([
        "shop-canaries",
      ]);
    });

  it("runs the bundled code with a plan that the code accepts, encrypts what it leaves and goes without a trace", async () => {
    const canary = await inputsOf("Canary", "shop-canary-start-page");
    expect(canary).to.deep.include({
      ...{ name: "shop-start-page", runtimeVersion: "syn-nodejs-4.1", handler: "canary.handler" },
      ...{ s3Bucket: "results", s3Key: "code/canary.zip", deleteLambda: true, startCanary: true },
      artifactS3Location: "s3://results/canaries/start-page",
      artifactConfig: {
        s3Encryption: { encryptionMode: "SSE_KMS", kmsKeyArn: args.bucket.keyArn },
      },
      schedule: { expression: "rate(5 minutes)" },
      ...{ successRetentionPeriod: 30, failureRetentionPeriod: 30 },
    });
    expect(canary).to.not.have.property("vpcConfig");
    const run = canary["runConfig"] as {
      timeoutInSeconds: number;
      environmentVariables: Record<string, string>;
    };
    expect(run.timeoutInSeconds).to.equal(50);
    const plan = parsePlan(run.environmentVariables["CANARY_PLAN"]);
    expect(plan).to.deep.include({ name: "start-page" });
    expect(plan).to.not.have.property("signIn");
    expect(plan.steps[0]).to.deep.equal({
      ...{ name: "answer", method: "GET", url: "https://shop.example/", expectedStatus: 200 },
      ...{ leastCertificateDays: 14, slowAfterMilliseconds: 10_000 },
    });
    expect(await inputsOf("BucketObject", "shop-canary-code")).to.deep.include({
      ...{ serverSideEncryption: "aws:kms", kmsKeyId: args.bucket.keyArn },
    });
    expect(bundleFunction("canary")).to.contain("handler");
  });

  it("runs what is internal in the network, and reads the canaries' user there alone", async () => {
    const canary = await inputsOf("Canary", "shop-canary-orders");
    expect(canary["vpcConfig"]).to.deep.equal({
      ...{ vpcId: "vpc-1", subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
    });
    const { environmentVariables } = canary["runConfig"] as {
      environmentVariables: Record<string, string>;
    };
    expect(parsePlan(environmentVariables["CANARY_PLAN"]).signIn).to.deep.equal({
      ...{ endpoint: args.signIn!.endpoint, clientId: "client", secretId: args.signIn!.secretArn },
    });
    const sids = async (canaryName: string) =>
      (await statementsOf(`shop-canary-${canaryName}`)).map(({ Sid }) => Sid);
    const common = ["KeepResults", "FindBucket", "ListBuckets", "EncryptResults", "Measure"];
    expect(await sids("start-page")).to.deep.equal(common);
    expect(await sids("orders")).to.deep.equal([
      ...common,
      ...["SeeNetwork", "ConnectToNetwork", "NotFromCode", "ReadUser", "DecryptUser"],
    ]);
    const denied = (await statementsOf("shop-canary-orders")).find(
      ({ Sid }) => Sid === "NotFromCode",
    );
    expect(denied).to.deep.nested.include({
      "Condition.ArnLike": {
        "lambda:SourceFunctionArn": `arn:aws:lambda:us-west-2:${account}:function:cwsyn-*`,
      },
    });
    expect(denied?.Action).to.include("ec2:AssignPrivateIpAddresses");
  });

  it("may write its own results and its own log, which is made for it, encrypted and forgotten", async () => {
    const [keep] = await statementsOf("shop-canary-start-page");
    expect(keep?.Resource).to.equal("arn:aws:s3:::results/canaries/start-page/*");
    expect(await inputsOf("Role", "shop-canary-start-page")).to.deep.include({
      permissionsBoundary: boundary,
    });
    const group = await inputsOf("LogGroup", "shop-canary-start-page");
    expect(group).to.deep.include({
      name: "/aws/lambda/cwsyn-shop-start-page-id",
      retentionInDays: 30,
    });
    const [write] = await statementsOf("shop-canary-start-page-log");
    expect(write).to.deep.include({
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `arn:aws:logs:us-west-2:${account}:log-group:/aws/lambda/cwsyn-shop-start-page-id:*`,
    });
    const key = JSON.parse((await inputsOf("Key", "shop-canaries"))["policy"] as string) as {
      Statement: { Condition?: { ArnEquals: Record<string, string[]> } }[];
    };
    expect(key.Statement[1]?.Condition?.ArnEquals).to.deep.equal({
      "kms:EncryptionContext:aws:logs:arn": [
        `arn:aws:logs:us-west-2:${account}:log-group:/aws/lambda/cwsyn-*`,
      ],
    });
  });

  it("alarms when two runs fail or do not come, and when runs stay slow", async () => {
    const dimensions = { CanaryName: "shop-orders" };
    expect(await inputsOf("MetricAlarm", "shop-canary-orders-failing")).to.deep.include({
      ...{ namespace: "CloudWatchSynthetics", metricName: "SuccessPercent", dimensions },
      ...{ statistic: "Average", period: 600, evaluationPeriods: 1, threshold: 50 },
      ...{ comparisonOperator: "LessThanThreshold", treatMissingData: "breaching" },
      ...{ alarmActions: [topic], okActions: [topic] },
    });
    expect(await inputsOf("MetricAlarm", "shop-canary-orders-slow")).to.deep.include({
      ...{ metricName: "Duration", dimensions, threshold: 2000, evaluationPeriods: 3 },
      ...{ comparisonOperator: "GreaterThanThreshold", treatMissingData: "notBreaching" },
    });
  });

  it("tells the names under which AWS knows them", async () => {
    const { component } = await register();
    expect(component.canaryNames).to.deep.equal({
      "start-page": "shop-start-page",
      orders: "shop-orders",
    });
  });

  it("has the defaults that its arguments tell of", () => {
    expect(syntheticMonitoringDefaults).to.deep.equal({ protect: true, tags: {} });
    expect(canaryDefaults).to.deep.equal({
      slowAfterMilliseconds: 10_000,
      slowRunMilliseconds: 5000,
    });
  });
});

describe("SyntheticMonitoring where services rest at night", () => {
  const workingWeek: WorkingWeek = {
    timeZone: "America/Los_Angeles",
    workingDays: ["MON", "TUE", "FRI"],
    ...{ from: "07:00", to: "20:00" },
  };
  const resting = { ...args, workingWeek };

  for (const mode of ["known", "unknown"] as const)
    it(`adds by canary two schedules and the role that they have (${mode} values)`, async () => {
      const list = async (given: typeof args) =>
        (await register(given, mode)).registrations.map(({ type, name }) => `${type} ${name}`);
      const before = await list(args);
      expect((await list(resting)).filter((each) => !before.includes(each))).to.have.members(
        ["start-page", "orders"].flatMap((canary) => [
          `aws:iam/role:Role shop-canary-${canary}-hours`,
          `aws:iam/rolePolicy:RolePolicy shop-canary-${canary}-hours`,
          `aws:scheduler/schedule:Schedule shop-canary-${canary}-start`,
          `aws:scheduler/schedule:Schedule shop-canary-${canary}-stop`,
        ]),
      );
    });

  it("starts and stops one canary in the office's time, which is up by then", async () => {
    const { registrations } = await register(resting);
    const inputs = (name: string, type = "") =>
      registrations.find((each) => each.name === name && each.type.endsWith(type))?.inputs;
    expect(inputs("shop-canary-orders-start")).to.deep.include({
      ...{ name: "shop-orders-start", scheduleExpression: "cron(30 7 ? * MON,TUE,FRI *)" },
      ...{ scheduleExpressionTimezone: "America/Los_Angeles", flexibleTimeWindow: { mode: "OFF" } },
    });
    const stop = inputs("shop-canary-orders-stop");
    expect(stop).to.deep.include({ scheduleExpression: "cron(0 20 ? * MON,TUE,FRI *)" });
    expect(stop?.["target"]).to.deep.include({
      arn: "arn:aws:scheduler:::aws-sdk:synthetics:stopCanary",
      input: JSON.stringify({ Name: "shop-orders" }),
    });
    expect(inputs("shop-canary-orders-hours", ":Role")).to.deep.include({
      permissionsBoundary: boundary,
    });
    const { policy } = inputs("shop-canary-orders-hours", ":RolePolicy") as { policy: string };
    expect((JSON.parse(policy) as { Statement: unknown }).Statement).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["synthetics:StartCanary", "synthetics:StopCanary"],
        Resource: `arn:aws:synthetics:us-west-2:${account}:canary:shop-orders`,
      },
    ]);
    expect(inputs("shop-canary-orders", ":Canary")).to.deep.include({ startCanary: false });
    expect(inputs("shop-canary-orders-failing")).to.deep.include({
      treatMissingData: "notBreaching",
    });
  });

  it("refuses hours that are none, and names that are too long for a schedule", () => {
    const long = "a".repeat(60);
    const given = {
      ...{ ...args, workingWeek: { ...workingWeek, from: "20:00" } },
      canaries: { [long]: args.canaries["start-page"]! },
    };
    let message = "";
    try {
      new SyntheticMonitoring("shop", given);
    } catch (error) {
      message = String(error);
    }
    expect(message.split("\n  - ").slice(1)).to.deep.equal([
      `canaries.${long}: makes the name of a schedule of 71 characters, need 64, or no workingWeek`,
      "workingWeek: got from 20:00 to 20:00, need a beginning before the end",
    ]);
  });
});

describe("The example of SyntheticMonitoring", () => {
  it("runs by itself", async () => {
    const engine = await startOfflineEngine({
      config: { "auterity:accountId": account, "auterity:boundaryArn": boundary },
    });
    const { canaryNames } = await import("../../../examples/synthetic-monitoring/index.js");
    await engine.settle();
    expect(canaryNames).to.deep.equal({ "start-page": "shop-start-page" });
    const types = engine.registrations.map(({ type }) => type);
    expect(types).to.include("aws:synthetics/canary:Canary");
  });
});
