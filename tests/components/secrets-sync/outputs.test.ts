import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { startOfflineEngine, valueOf } from "../../support/engine";
import { full, registered, registration, replicated } from "./fixture";

describe("SecretsSync: what the functions get", () => {
  it("is, where there is no endpoint, a way over the NAT gateway", async () => {
    const { endpointSecurityGroupId, ...vpc } = full.vpc!;
    expect(endpointSecurityGroupId).to.not.equal(undefined);
    const { inputs } = await registration(
      { ...full, vpc },
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
      "auterity-secret-rotation",
    );
    expect(inputs).to.deep.include({
      cidrIpv4: "0.0.0.0/0",
      description: "Secrets Manager, over the NAT gateway",
      fromPort: 443,
      toPort: 443,
      ipProtocol: "tcp",
    });
    expect(inputs).to.not.have.property("referencedSecurityGroupId");
  });

  it("is a way to the endpoint and nowhere else", async () => {
    const name = "auterity-secret-rotation";
    const rule = await registration(
      full,
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
      name,
    );
    expect(rule.inputs).to.deep.equal({
      region: "us-west-2",
      securityGroupId: "auterity-secret-rotation-id",
      referencedSecurityGroupId: "sg-endpoints",
      description: "Secrets Manager, through its endpoint",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      tags: { environment: "prod" },
    });
    const { inputs } = await registration(full, "aws:lambda/function:Function", name);
    expect(inputs["vpcConfig"]).to.deep.equal({
      subnetIds: ["subnet-1"],
      securityGroupIds: ["auterity-secret-rotation-id"],
    });
    const permission = await registration(full, "aws:lambda/permission:Permission", name);
    expect(permission.inputs).to.deep.equal({
      region: "us-west-2",
      function: "auterity-secret-rotation",
      action: "lambda:InvokeFunction",
      principal: "secretsmanager.amazonaws.com",
      sourceAccount: "123456789012",
    });
  });

  for (const [origin, functionName] of [
    ["generated", "auterity-secret-rotation"],
    ["database-user", "postgres"],
  ] as const)
    it(`is an alarm when a rotation of the origin ${origin} fails`, async () => {
      const { inputs } = await registration(
        full,
        "aws:cloudwatch/metricAlarm:MetricAlarm",
        `auterity-rotation-failed-${origin}`,
      );
      expect(inputs).to.deep.include({
        namespace: "AWS/Lambda",
        metricName: "Errors",
        dimensions: { FunctionName: functionName },
        statistic: "Sum",
        threshold: 0,
        comparisonOperator: "GreaterThanThreshold",
        treatMissingData: "notBreaching",
        alarmActions: ["arn:aws:sns:us-west-2:123456789012:alarms"],
      });
    });

  it("is an alarm that takes silence for a problem", async () => {
    const name = "auterity-secret-age";
    const { inputs } = await registration(full, "aws:cloudwatch/metricAlarm:MetricAlarm", name);
    const { alarmDescription, ...others } = inputs;
    expect(alarmDescription).to.contain("auterity-secret-age");
    expect(others).to.deep.equal({
      region: "us-west-2",
      namespace: "Auterity/Secrets",
      metricName: "OverdueSecrets",
      dimensions: { Environment: "prod" },
      statistic: "Maximum",
      period: 86_400,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 1,
      treatMissingData: "breaching",
      alarmActions: ["arn:aws:sns:us-west-2:123456789012:alarms"],
      okActions: ["arn:aws:sns:us-west-2:123456789012:alarms"],
      tags: { environment: "prod" },
    });
    const created = await registration(full, "aws:lambda/function:Function", name);
    expect(created.inputs["environment"]).to.deep.equal({
      variables: { ENVIRONMENT: "prod", SECRET_PREFIX: "auterity/prod/" },
    });
  });
});

describe("SecretsSync: what it tells", () => {
  it("is where each variable is in the cluster, of services that have one", async () => {
    const { secrets } = await registered(full);
    expect(Object.keys(secrets.secretEnvironment)).to.deep.equal(["api", "worker"]);
    const { api } = secrets.secretEnvironment;
    expect(Object.keys(api ?? {})).to.deep.equal([
      "SECRET_KEY",
      "SECRET_KEY_PREVIOUS",
      "SECRET_KEY_NEXT",
    ]);
    expect(api?.["SECRET_KEY"]?.key).to.equal("SECRET_KEY");
    expect(await valueOf(pulumi.output(api?.["SECRET_KEY"]?.secretName))).to.equal("api-signing");
    expect(await valueOf(secrets.keyArn!)).to.equal(
      "arn:aws:kms:us-west-2:123456789012:key/auterity-secrets-key-us-west-2-id",
    );
  });

  it("is no key where another environment has it", async () => {
    expect((await registered(replicated)).secrets.keyArn).to.equal(undefined);
  });
});

describe("the example of SecretsSync", () => {
  it("runs by itself, in its account and its cluster", async () => {
    const engine = await startOfflineEngine({
      config: {
        "auterity:accountId": "123456789012",
        "auterity:kubeconfig": "apiVersion: v1",
        "auterity:oidcIssuer": "oidc.eks.us-west-2.amazonaws.com/id/ABC",
        "auterity:administratorArn": "arn:aws:iam::123456789012:role/administrators",
        "auterity:deployerArn": "arn:aws:iam::123456789012:role/deployer",
      },
    });
    await import("../../../examples/secrets-sync/index.js");
    await engine.settle();
    const providerOf = (prefix: string) =>
      new Set(
        engine.registrations
          .filter(({ type }) => type.startsWith(prefix))
          .map(({ provider }) => provider.split("::")[3]),
      );
    expect(providerOf("aws:")).to.deep.equal(new Set(["account"]));
    expect(providerOf("kubernetes:")).to.deep.equal(new Set(["cluster"]));
    expect(engine.registrations.filter(({ protect }) => protect)).to.deep.equal([]);
  });
});
