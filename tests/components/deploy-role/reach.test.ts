import { expect } from "chai";
import { DeployRole } from "../../../components/deploy-role";
import { servicesOfModules } from "../../../components/deploy-role/services";
import { type Registration, startOfflineEngine } from "../../support/engine";
import { allows, type Statement } from "../../support/iam";
import { environmentNames, planned } from "../../support/planned";
import { rawOf } from "../../support/stack-file";

const accountId = "123456789012";
const zone = "Z0123456789ABC";
/** Modules of resources that know no region: statements of their own speak of them. */
const globalModules = {
  ...{ bcmdata: ["bcm-data-exports"], budgets: ["budgets"], costexplorer: ["ce"] },
  ...{ iam: ["iam"], route53: ["route53"] },
};

async function registered(): Promise<readonly Registration[]> {
  const engine = await startOfflineEngine({ mode: "known" });
  new DeployRole("deploy", {
    accountId,
    repository: { owner: "auterity", name: "platform" },
    environments: ["prod", "recovery"],
    regions: ["us-west-2", "us-east-2"],
    platformBoundaryArn: `arn:aws:iam::${accountId}:policy/auterity-boundary`,
    permissionsBoundaryArn: `arn:aws:iam::${accountId}:policy/auterity-deployer-boundary`,
    stateBucket: "auterity-state",
    stateKeyArn: `arn:aws:kms:us-west-2:${accountId}:key/state`,
    secretsPeopleRoleArns: [`arn:aws:iam::${accountId}:role/keepers`],
    hostedZoneIds: [zone],
  });
  await engine.settle();
  return engine.registrations;
}

async function statementsOf(key: "deployer" | "viewer" | "secrets"): Promise<Statement[]> {
  const found = (await registered()).find(
    ({ type, name }) => type === "aws:iam/rolePolicy:RolePolicy" && name === `deploy-${key}`,
  );
  return (JSON.parse(found?.inputs["policy"] as string) as { Statement: Statement[] }).Statement;
}

/** "rds" of "aws:rds/instance:Instance". */
const modulesOf = (types: Iterable<string>): string[] => [
  ...new Set([...types].flatMap((type) => /^aws:([a-z0-9]+)\//.exec(type)?.[1] ?? [])),
];

const secret = `arn:aws:secretsmanager:us-west-2:${accountId}:secret:auterity/prod/relaycore/openai-AbCdEf`;
const inRegion = { "aws:RequestedRegion": "us-west-2" };

describe("what the deployer reaches", () => {
  for (const environment of environmentNames)
    it(`is every service of which ${environment} registers something`, async () => {
      const statements = await statementsOf("deployer");
      const region = rawOf(environment).aws["region"] as string;
      const platform = await planned(environment, "known");
      const modules = modulesOf(platform.map(({ type }) => type));
      expect(modules.length).to.be.greaterThan(10);
      const known: Readonly<Record<string, readonly string[]>> = {
        ...servicesOfModules,
        ...globalModules,
      };
      const missing = modules.filter((module) => known[module] === undefined);
      expect(
        missing,
        "the deployer's role does not know these modules of the AWS provider: give each the prefixes of its " +
          "services in IAM, one line in servicesOfModules of components/deploy-role/services.ts, such as " +
          `"${missing[0] ?? "rds"}: [\\"…\\"]"`,
      ).to.deep.equal([]);
      const refused = modules
        .filter((module) => !(module in globalModules))
        .flatMap((module) => known[module] ?? [])
        .filter(
          (service) =>
            !allows(statements, {
              action: `${service}:CreateSomething`,
              resource: "*",
              context: { "aws:RequestedRegion": region },
            }),
        );
      expect(refused).to.deep.equal([]);
    });

  it("is a zone that was named, through an endpoint that counts as us-east-1, and no other zone", async () => {
    const statements = await statementsOf("deployer");
    const change = (id: string) => ({
      action: "route53:ChangeResourceRecordSets",
      resource: `arn:aws:route53:::hostedzone/${id}`,
      context: { "aws:RequestedRegion": "us-east-1" },
    });
    expect(allows(statements, change(zone))).to.equal(true);
    expect(allows(statements, change("ZOTHER"))).to.equal(false);
    expect(allows(statements, { ...change(zone), action: "route53:DeleteHostedZone" })).to.equal(
      false,
    );
  });

  it("is no region but those named", async () => {
    const statements = await statementsOf("deployer");
    for (const [region, expected] of [
      ["us-east-2", true],
      ["eu-central-1", false],
    ] as const)
      expect(
        allows(statements, {
          action: "ec2:CreateVpc",
          resource: "*",
          context: { "aws:RequestedRegion": region },
        }),
      ).to.equal(expected);
  });

  it("is no secret's current value, and not the role that reads it", async () => {
    const statements = await statementsOf("deployer");
    const may = (action: string, resource: string, context: Record<string, string> = {}) =>
      allows(statements, { action, resource, context: { ...inRegion, ...context } });
    expect(may("secretsmanager:GetSecretValue", secret)).to.equal(false);
    expect(
      may("secretsmanager:GetSecretValue", secret, { "secretsmanager:VersionStage": "AWSCURRENT" }),
    ).to.equal(false);
    expect(may("secretsmanager:BatchGetSecretValue", "*")).to.equal(false);
    const role = `arn:aws:iam::${accountId}:role/auterity-secrets-administrator`;
    for (const action of [
      ...["iam:UpdateAssumeRolePolicy", "iam:PutRolePolicy", "iam:AttachRolePolicy"],
      ...["iam:DeleteRole", "iam:CreateRole", "iam:PassRole", "sts:AssumeRole"],
    ])
      expect(
        may(action, role, {
          "iam:PermissionsBoundary": `arn:aws:iam::${accountId}:policy/auterity-boundary`,
          "iam:PassedToService": "lambda.amazonaws.com",
        }),
        action,
      ).to.equal(false);
  });

  it("is all that making and closing a secret takes, with the marker that the provider reads back", async () => {
    const statements = await statementsOf("deployer");
    for (const action of [
      ...["CreateSecret", "DescribeSecret", "PutResourcePolicy", "PutSecretValue", "RotateSecret"],
      ...["ReplicateSecretToRegions", "DeleteSecret", "TagResource"],
    ])
      expect(
        allows(statements, {
          action: `secretsmanager:${action}`,
          resource: secret,
          context: inRegion,
        }),
        action,
      ).to.equal(true);
    expect(
      allows(statements, {
        action: "secretsmanager:GetSecretValue",
        resource: secret,
        context: { ...inRegion, "secretsmanager:VersionId": "terraform-1" },
      }),
    ).to.equal(true);
  });
});

describe("what the viewer reaches", () => {
  it("is what a refresh asks for, of every kind that has a read with data in it", async () => {
    const statements = await statementsOf("viewer");
    for (const action of [
      ...["lambda:GetFunction", "lambda:GetPolicy", "s3:GetBucketPolicy", "kms:GetKeyPolicy"],
      ...["route53:ListResourceRecordSets", "route53:GetHostedZone", "iam:GetRolePolicy"],
      ...[
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetResourcePolicy",
        "athena:GetNamedQuery",
      ],
      ...["cognito-idp:DescribeUserPoolClient", "sqs:GetQueueAttributes", "scheduler:GetSchedule"],
    ])
      expect(allows(statements, { action, resource: "*" }), action).to.equal(true);
  });

  it("is every service of which something is registered", async () => {
    const statements = await statementsOf("viewer");
    const modules = modulesOf((await planned("prod", "known")).map(({ type }) => type));
    const services = modules.flatMap((module) => servicesOfModules[module] ?? []);
    for (const service of services)
      expect(
        allows(statements, { action: `${service}:DescribeSomething`, resource: "*" }),
        service,
      ).to.equal(true);
  });

  it("is no value of a secret, no object, no change", async () => {
    const statements = await statementsOf("viewer");
    for (const action of [
      ...["secretsmanager:GetSecretValue", "s3:GetObject", "logs:GetLogEvents", "ec2:RunInstances"],
    ])
      expect(allows(statements, { action, resource: secret }), action).to.equal(false);
  });
});

describe("what the deployer does about costs", () => {
  it("is budgets, anomalies and exports, without a region, and nothing by which it could widen its rights", async () => {
    const statements = await statementsOf("deployer");
    const may = (action: string) => allows(statements, { action, resource: "*" });
    for (const action of [
      ...["bcm-data-exports:CreateExport", "cur:PutReportDefinition"],
      ...["budgets:ModifyBudget", "budgets:ViewBudget", "ce:CreateAnomalyMonitor"],
      ...["ce:UpdateAnomalySubscription", "ce:UpdateCostAllocationTagsStatus"],
    ])
      expect(may(action), action).to.equal(true);
    for (const action of ["budgets:CreateBudgetAction", "ce:CreateCostCategoryDefinition"])
      expect(may(action), action).to.equal(false);
  });
});

describe("what the administrator of secrets reaches", () => {
  it("is for people alone: no workflow can be it", async () => {
    const role = (await registered()).find(
      ({ type, name }) => type === "aws:iam/role:Role" && name === "deploy-secrets",
    );
    expect(role?.inputs["name"]).to.equal("auterity-secrets-administrator");
    expect(role?.inputs["permissionsBoundary"]).to.match(/auterity-deployer-boundary$/);
    expect(JSON.parse(role?.inputs["assumeRolePolicy"] as string)).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "People",
          Effect: "Allow",
          Principal: { AWS: [`arn:aws:iam::${accountId}:role/keepers`] },
          Action: "sts:AssumeRole",
        },
      ],
    });
  });

  it("is the platform's secrets, through their keys, and nothing else", async () => {
    const statements = await statementsOf("secrets");
    const may = (action: string, resource: string, context: Record<string, string> = {}) =>
      allows(statements, { action, resource, context });
    for (const action of ["DescribeSecret", "GetSecretValue", "PutSecretValue", "RotateSecret"])
      expect(may(`secretsmanager:${action}`, secret), action).to.equal(true);
    expect(may("secretsmanager:DeleteSecret", secret)).to.equal(false);
    expect(
      may("secretsmanager:GetSecretValue", secret.replace("secret:auterity/", "secret:other/")),
    ).to.equal(false);
    const key = `arn:aws:kms:us-west-2:${accountId}:key/one`;
    const through = { "kms:ViaService": "secretsmanager.us-west-2.amazonaws.com" };
    expect(may("kms:Decrypt", key, through)).to.equal(true);
    expect(may("kms:Decrypt", key)).to.equal(false);
    expect(may("iam:CreateRole", "*")).to.equal(false);
  });
});
