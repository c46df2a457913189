import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { createFunction, type FunctionArgs } from "../../components/shared/scheduled-function";
import { type Registration, startOfflineEngine } from "../support/engine";

const keyArn = "arn:aws:kms:us-west-2:123456789012:key/k";
const logGroupArn = "arn:aws:logs:us-west-2:123456789012:log-group:/aws/lambda/auterity-dev-look";
const functionArn = "arn:aws:lambda:us-west-2:123456789012:function:auterity-dev-look";
const boundary = "arn:aws:iam::123456789012:policy/boundary";

const least: FunctionArgs = {
  region: "us-west-2",
  accountId: "123456789012",
  description: "Looks",
  functionName: "auterity-dev-look",
  code: new pulumi.asset.AssetArchive({
    "index.js": new pulumi.asset.StringAsset("exports.handler = () => undefined;"),
  }),
  timeoutSeconds: 60,
  logRetentionDays: 90,
  keyArn,
};
const most: FunctionArgs = {
  ...least,
  environment: { LEVEL: "info" },
  policyStatements: [
    { Sid: "Look", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" },
  ],
  vpc: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
  memoryMiB: 512,
  reservedConcurrency: 1,
  tracing: true,
  permissionsBoundaryArn: boundary,
  schedule: { expression: "rate(1 day)", flexibleMinutes: 15, input: { scope: "all" } },
  tags: { team: "platform" },
};

describe("createFunction", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers what it needs and no schedule unless asked (${mode} values)`, async () => {
      const ofLeast = [
        ["aws:cloudwatch/logGroup:LogGroup", "look"],
        ["aws:iam/role:Role", "look"],
        ["aws:iam/rolePolicy:RolePolicy", "look"],
        ["aws:lambda/function:Function", "look"],
      ];
      expect(identities(await register(least, mode))).to.have.deep.members(ofLeast);
      expect(identities(await register(most, mode))).to.have.deep.members([
        ...ofLeast,
        ["aws:iam/role:Role", "look-schedule"],
        ["aws:iam/rolePolicy:RolePolicy", "look-schedule"],
        ["aws:scheduler/schedule:Schedule", "look-schedule"],
      ]);
    });

  it("gives the function its runtime, key, log and nothing that was not asked for", async () => {
    const registrations = await register(least);
    expect(inputsOf(registrations, "aws:cloudwatch/logGroup:LogGroup")).to.deep.equal({
      region: "us-west-2",
      name: "/aws/lambda/auterity-dev-look",
      retentionInDays: 90,
      kmsKeyId: keyArn,
      tags: {},
    });
    const { code, role, ...rest } = inputsOf(registrations, "aws:lambda/function:Function");
    expect(rest).to.deep.equal({
      region: "us-west-2",
      name: "auterity-dev-look",
      description: "Looks",
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: "index.handler",
      kmsKeyArn: keyArn,
      timeout: 60,
      memorySize: 256,
      environment: { variables: {} },
      loggingConfig: { logFormat: "JSON", logGroup: "/aws/lambda/auterity-dev-look" },
      tracingConfig: { mode: "PassThrough" },
      tags: {},
    });
    expect(JSON.stringify(code)).to.contain("exports.handler");
    expect(role).to.match(/^arn:aws:iam::.*:role\//);
    expect(policyOf(registrations, "look")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [writeLog],
    });
  });

  it("passes on what was asked for", async () => {
    const registrations = await register(most);
    const made = inputsOf(registrations, "aws:lambda/function:Function");
    expect(made["environment"]).to.deep.equal({ variables: { LEVEL: "info" } });
    expect(made["vpcConfig"]).to.deep.equal({
      subnetIds: ["subnet-1"],
      securityGroupIds: ["sg-1"],
    });
    expect(made["memorySize"]).to.equal(512);
    expect(made["reservedConcurrentExecutions"]).to.equal(1);
    expect(made["tracingConfig"]).to.deep.equal({ mode: "Active" });
    const roles = registrations.filter(({ type }) => type === "aws:iam/role:Role");
    expect(roles.map(({ inputs }) => inputs["permissionsBoundary"])).to.deep.equal([
      boundary,
      boundary,
    ]);
    expect(roles.map(({ inputs }) => inputs["tags"])).to.deep.equal([most.tags, most.tags]);
  });

  it("lets the network be managed by Lambda and not by the code", async () => {
    const describe = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"];
    const manage = [
      "ec2:AssignPrivateIpAddresses",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:UnassignPrivateIpAddresses",
    ];
    expect(policyOf(await register(most), "look")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        writeLog,
        {
          Sid: "Trace",
          Effect: "Allow",
          Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
          Resource: "*",
        },
        { Sid: "SeeNetwork", Effect: "Allow", Action: describe, Resource: "*" },
        {
          Sid: "ConnectToNetwork",
          Effect: "Allow",
          Action: manage,
          Resource: "arn:aws:ec2:us-west-2:123456789012:*/*",
        },
        {
          Sid: "NotFromCode",
          Effect: "Deny",
          Action: [...describe, ...manage],
          Resource: "*",
          Condition: { ArnLike: { "lambda:SourceFunctionArn": functionArn } },
        },
        ...(most.policyStatements ?? []),
      ],
    });
  });

  it("starts it by a role of its own, which only schedules of the account can take", async () => {
    const registrations = await register(most);
    const { target, ...rest } = inputsOf(registrations, "aws:scheduler/schedule:Schedule");
    expect(rest).to.deep.equal({
      region: "us-west-2",
      name: "auterity-dev-look",
      description: "Looks",
      scheduleExpression: "rate(1 day)",
      scheduleExpressionTimezone: "UTC",
      flexibleTimeWindow: { mode: "FLEXIBLE", maximumWindowInMinutes: 15 },
    });
    const { arn, roleArn, ...how } = target as Record<string, unknown>;
    expect(how).to.deep.equal({
      input: '{"scope":"all"}',
      retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 3600 },
    });
    expect(roleArn).to.contain("look-schedule");
    expect(policyOf(registrations, "look-schedule")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "lambda:InvokeFunction", Resource: arn }],
    });
    const trust = registrations.find(
      ({ type, name }) => type === "aws:iam/role:Role" && name === "look-schedule",
    )?.inputs["assumeRolePolicy"];
    expect(JSON.parse(trust as string)).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "scheduler.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: {
              "aws:SourceAccount": "123456789012",
              "aws:SourceArn": "arn:aws:scheduler:us-west-2:123456789012:schedule-group/default",
            },
          },
        },
      ],
    });
  });

  it("makes function and schedule after what they need at once", async () => {
    const registrations = await register(most);
    const before = (type: string) =>
      registrations
        .find((registration) => registration.type === type)
        ?.dependencies.map((urn) => urn.split("::").slice(2).join(" ").replace(/^.*\$/, ""));
    expect(before("aws:lambda/function:Function")).to.have.members([
      "aws:cloudwatch/logGroup:LogGroup look",
      "aws:iam/role:Role look",
      "aws:iam/rolePolicy:RolePolicy look",
    ]);
    expect(before("aws:scheduler/schedule:Schedule")).to.have.members([
      "aws:iam/role:Role look-schedule",
      "aws:iam/rolePolicy:RolePolicy look-schedule",
      "aws:lambda/function:Function look",
    ]);
  });

  it("runs at its time where no window is given", async () => {
    const registrations = await register({ ...least, schedule: { expression: "rate(1 day)" } });
    const schedule = inputsOf(registrations, "aws:scheduler/schedule:Schedule");
    expect(schedule["flexibleTimeWindow"]).to.deep.equal({ mode: "OFF" });
    expect((schedule["target"] as Record<string, unknown>)["input"]).to.equal("{}");
  });
});

const writeLog = {
  Sid: "WriteLog",
  Effect: "Allow",
  Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: `${logGroupArn}:*`,
};

class Owner extends pulumi.ComponentResource {
  constructor(args: FunctionArgs) {
    super("test:index:Owner", "owner");
    createFunction("look", args, { parent: this });
  }
}

async function register(
  args: FunctionArgs,
  mode: "known" | "unknown" = "known",
): Promise<readonly Registration[]> {
  const engine = await startOfflineEngine({ mode });
  new Owner(args);
  await engine.settle();
  return engine.registrations.filter(({ type }) => type !== "test:index:Owner");
}

function identities(registrations: readonly Registration[]): string[][] {
  return registrations.map(({ type, name }) => [type, name]);
}

function inputsOf(registrations: readonly Registration[], type: string): Record<string, unknown> {
  return registrations.find((registration) => registration.type === type)?.inputs ?? {};
}

function policyOf(registrations: readonly Registration[], name: string): unknown {
  const found = registrations.find(
    (registration) =>
      registration.type === "aws:iam/rolePolicy:RolePolicy" && registration.name === name,
  );
  return JSON.parse(found?.inputs["policy"] as string);
}
