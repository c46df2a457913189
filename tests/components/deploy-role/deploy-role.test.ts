import { expect } from "chai";
import { DeployRole, type DeployRoleArgs } from "../../../components/deploy-role";
import { ArgsError } from "../../../components/shared/args-error";
import { type Registration, startOfflineEngine } from "../../support/engine";

const accountId = "123456789012";
const args: DeployRoleArgs = {
  accountId,
  repository: { owner: "auterity", name: "platform" },
  environments: ["prod", "recovery"],
  regions: ["us-west-2"],
  platformBoundaryArn: `arn:aws:iam::${accountId}:policy/auterity-boundary`,
  permissionsBoundaryArn: `arn:aws:iam::${accountId}:policy/auterity-deployer-boundary`,
  stateBucket: "auterity-state",
  stateKeyArn: `arn:aws:kms:us-west-2:${accountId}:key/state`,
  services: ["ec2", "eks"],
};
const providerArn = `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com`;

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action?: string | string[];
  readonly NotAction?: string[];
  readonly Resource?: string | string[];
  readonly NotResource?: string;
  readonly Condition?: { readonly StringEquals: Readonly<Record<string, string | string[]>> };
}

async function register(given: DeployRoleArgs, mode: "known" | "unknown" = "known") {
  const engine = await startOfflineEngine({ mode });
  new DeployRole("deploy", given);
  await engine.settle();
  return engine.registrations;
}

function statementsOf(
  registrations: readonly Registration[],
  name: string,
  key: "policy" | "assumeRolePolicy",
): Statement[] {
  const type = key === "policy" ? "aws:iam/rolePolicy:RolePolicy" : "aws:iam/role:Role";
  const found = registrations.find((each) => each.type === type && each.name === name);
  return (JSON.parse(found?.inputs[key] as string) as { Statement: Statement[] }).Statement;
}

describe("DeployRole", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers the provider and two roles with a policy each (${mode} values)`, async () => {
      const registrations = await register(args, mode);
      expect(registrations.map(({ type, name }) => [type, name])).to.have.deep.members([
        ["platform:delivery:DeployRole", "deploy"],
        ["aws:iam/openIdConnectProvider:OpenIdConnectProvider", "deploy-github"],
        ["aws:iam/role:Role", "deploy-deployer"],
        ["aws:iam/role:Role", "deploy-viewer"],
        ["aws:iam/rolePolicy:RolePolicy", "deploy-deployer"],
        ["aws:iam/rolePolicy:RolePolicy", "deploy-viewer"],
      ]);
    });

  it("takes a provider that is there", async () => {
    const registrations = await register({ ...args, identityProviderArn: providerArn });
    expect(registrations.map(({ type }) => type)).not.to.include(
      "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    );
    expect(statementsOf(registrations, "deploy-viewer", "assumeRolePolicy")).to.deep.equal([
      {
        Sid: "Workflows",
        Effect: "Allow",
        Principal: { Federated: providerArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": [
              "repo:auterity/platform:environment:prod-preview",
              "repo:auterity/platform:environment:recovery-preview",
            ],
          },
        },
      },
    ]);
  });

  it("trusts GitHub's numbers where they are given, and people by role", async () => {
    const registrations = await register({
      ...args,
      repository: { ...args.repository, ids: { owner: 12, repository: 345 } },
      peopleRoleArns: [`arn:aws:iam::${accountId}:role/owner`],
    });
    const [workflows, people] = statementsOf(registrations, "deploy-deployer", "assumeRolePolicy");
    expect(
      workflows?.Condition?.StringEquals["token.actions.githubusercontent.com:sub"],
    ).to.deep.equal([
      "repo:auterity@12/platform@345:environment:prod",
      "repo:auterity@12/platform@345:environment:recovery",
    ]);
    expect(people).to.deep.equal({
      Sid: "People",
      Effect: "Allow",
      Principal: { AWS: [`arn:aws:iam::${accountId}:role/owner`] },
      Action: "sts:AssumeRole",
    });
  });

  it("gives both roles a name, a boundary and short sessions", async () => {
    const roles = (await register(args)).filter(({ type }) => type === "aws:iam/role:Role");
    expect(
      roles.map(({ inputs }) => [
        inputs["name"],
        inputs["permissionsBoundary"],
        inputs["maxSessionDuration"],
      ]),
    ).to.have.deep.members([
      ["auterity-deployer", args.permissionsBoundaryArn, 7200],
      ["auterity-viewer", args.permissionsBoundaryArn, 7200],
    ]);
  });

  it("lets the deployer make roles within the boundary alone, and not change what it stands on", async () => {
    const statements = statementsOf(await register(args), "deploy-deployer", "policy");
    const of = (sid: string) => statements.find(({ Sid }) => Sid === sid);
    expect(statements.map(({ Sid, Effect }) => `${Effect} ${Sid}`)).to.deep.equal([
      ...["Allow Services", "Allow Costs", "Allow Look"],
      ...["Allow RolesWithinTheBoundary", "Allow RolesAndPolicies"],
      ...["Allow HandRolesToServices", "Allow RolesThatServicesOwn", "Allow IdentitiesOfClusters"],
      ...["Allow FindTheState", "Allow UseTheState", "Allow ReadTheState"],
      ...["Deny NoSecretsTogether", "Deny NoCurrentSecret"],
      ...["Deny KeepTheBoundaries", "Deny KeepRolesBounded", "Deny KeepTheseRoles"],
      ...["Deny KeepWhoIsTrusted", "Deny NoPeopleAndNoKeys"],
    ]);
    expect(of("Services")).to.deep.equal({
      Sid: "Services",
      Effect: "Allow",
      Action: ["ec2:*", "eks:*"],
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": ["us-west-2"] } },
    });
    expect(of("RolesWithinTheBoundary")?.Condition).to.deep.equal({
      StringEquals: { "iam:PermissionsBoundary": args.platformBoundaryArn },
    });
    const unbound = of("RolesAndPolicies")?.Action as string[];
    for (const action of [
      "iam:CreateRole",
      "iam:PutRolePolicy",
      "iam:AttachRolePolicy",
      "iam:PutRolePermissionsBoundary",
    ]) {
      expect(of("RolesWithinTheBoundary")?.Action).to.include(action);
      expect(unbound).not.to.include(action);
    }
    expect(of("KeepTheBoundaries")?.Resource).to.deep.equal([
      args.platformBoundaryArn,
      args.permissionsBoundaryArn,
    ]);
    expect(of("KeepTheseRoles")).to.deep.equal({
      Sid: "KeepTheseRoles",
      Effect: "Deny",
      NotAction: ["iam:Get*", "iam:List*"],
      Resource: [
        `arn:aws:iam::${accountId}:role/auterity-deployer`,
        `arn:aws:iam::${accountId}:role/auterity-viewer`,
        `arn:aws:iam::${accountId}:role/auterity-secrets-administrator`,
        `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`,
        `arn:aws:iam::${accountId}:role/aws-reserved/*`,
        `arn:aws:iam::${accountId}:role/AWSControlTower*`,
        `arn:aws:iam::${accountId}:role/stacksets-exec-*`,
      ],
    });
    expect(of("KeepWhoIsTrusted")?.Resource).to.equal(providerArn);
  });

  it("lets the viewer look, and read neither data nor secrets", async () => {
    const statements = statementsOf(await register(args), "deploy-viewer", "policy");
    const allowed = statements
      .filter(({ Effect }) => Effect === "Allow")
      .flatMap(({ Action }) => Action ?? []);
    for (const action of allowed)
      expect(action).to.match(
        /:(Describe|Get|List)|^budgets:ViewBudget$|^ecr:BatchGetImage$|^ecr:BatchCheckLayerAvailability$|^kms:D/,
      );
    const denied = statements.filter(({ Effect }) => Effect === "Deny");
    expect(denied[0]?.Action).to.include.members([
      "secretsmanager:GetSecretValue",
      "logs:GetLogEvents",
    ]);
    expect(denied.slice(1)).to.deep.equal([
      {
        Sid: "NoObjectsButTheState",
        Effect: "Deny",
        Action: "s3:GetObject*",
        NotResource: "arn:aws:s3:::auterity-state/*",
      },
      { Sid: "NoOtherKey", Effect: "Deny", Action: "kms:Decrypt", NotResource: args.stateKeyArn },
    ]);
  });

  it("keeps its policies within what an inline policy holds", async () => {
    const { services: left, ...others } = args;
    expect(left).to.have.length(2);
    for (const { type, inputs } of await register(others))
      if (type === "aws:iam/rolePolicy:RolePolicy")
        expect((inputs["policy"] as string).length).to.be.below(10_240);
  });

  it("refuses every problem at once, and registers nothing", async () => {
    const engine = await startOfflineEngine({ mode: "known" });
    let problems: readonly string[] = [];
    try {
      new DeployRole("deploy", {
        ...args,
        accountId: "1",
        repository: { owner: "*", name: "a:b", ids: { owner: 0, repository: 1.5 } },
        environments: ["Prod", "dev-preview", "dev", "dev"],
        regions: ["oregon", "us-west-2", "us-west-2"],
        stateBucket: "Bucket",
        peopleRoleArns: ["somebody"],
        keptRoles: ["*"],
        services: ["iam", "ec2:*"],
        viewerName: "auterity-deployer",
        sessionHours: 13,
        secretsPeopleRoleArns: ["*"],
        hostedZoneIds: ["*"],
        secretsPath: "*",
      });
    } catch (error) {
      if (error instanceof ArgsError) problems = error.problems;
    }
    await engine.settle();
    expect(problems).to.deep.equal([
      'accountId: got "1", need 12 digits, or unassigned',
      'regions: got "oregon", need an AWS region',
      'regions: got "us-west-2" twice, need each once',
      'stateBucket: got "Bucket", need the name of a bucket',
      'repository.owner: got "*", need an owner on GitHub',
      'repository.name: got "a:b", need the name of a repository',
      "repository.ids.owner: got 0, need a whole number of at least 1",
      "repository.ids.repository: got 1.5, need a whole number of at least 1",
      'environments: got "Prod", need lower-case letters, digits and hyphens',
      'environments: got "dev-preview", need one that deploys',
      'environments: got "dev" twice, need each once',
      'viewerName: got "auterity-deployer", need another one than the roles before it',
      'peopleRoleArns: got "somebody", need the ARN of a role',
      'secretsPeopleRoleArns: got "*", need the ARN of a role',
      'keptRoles: got "*", need the path and name of a role',
      "sessionHours: got 13, need a whole number from 1 to 12",
      'services: got "iam", need the prefix of a service other than IAM\'s',
      'services: got "ec2:*", need the prefix of a service other than IAM\'s',
      'hostedZoneIds: got "*", need the id of a hosted zone',
      'secretsPath: got "*", need the first part of a secret\'s name',
    ]);
    expect(engine.registrations).to.deep.equal([]);
  });
});
