import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { DeployRole } from "../../components/deploy-role";
import { platformBoundaryPolicy } from "./platform-boundary";

const config = new pulumi.Config();
const accountId = config.require("accountId");
const regions = ["us-west-2", "us-east-2"];

const provider = new aws.Provider("account", {
  region: "us-west-2",
  allowedAccountIds: [accountId],
});

const platformBoundary = new aws.iam.Policy(
  "platform-boundary",
  { name: "auterity-boundary", policy: JSON.stringify(platformBoundaryPolicy(regions)) },
  { provider },
);
// The most that the roles below can do, should somebody attach more to them.
const deployerBoundary = new aws.iam.Policy(
  "deployer-boundary",
  {
    name: "auterity-deployer-boundary",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Everything", Effect: "Allow", Action: "*", Resource: "*" },
        {
          Sid: "ButWhoThisAccountIs",
          Effect: "Deny",
          Action: ["account:*", "aws-portal:*", "billing:*", "organizations:*", "iam:*User*"],
          Resource: "*",
        },
      ],
    }),
  },
  { provider },
);

const deploy = new DeployRole(
  "deploy",
  {
    accountId,
    repository: { owner: config.require("owner"), name: config.require("repository") },
    environments: ["prod", "recovery"],
    regions,
    platformBoundaryArn: platformBoundary.arn,
    permissionsBoundaryArn: deployerBoundary.arn,
    // The people of the account who fill secrets, and the zone of the domain, if Route 53 has it.
    secretsPeopleRoleArns: config.getObject<string[]>("secretsPeopleRoleArns") ?? [],
    hostedZoneIds: config.getObject<string[]>("hostedZoneIds") ?? [],
    stateBucket: config.require("stateBucket"),
    stateKeyArn: config.require("stateKeyArn"),
  },
  { providers: [provider] },
);

export const deployerArn = deploy.deployerArn;
export const viewerArn = deploy.viewerArn;
export const secretsAdministratorArn = deploy.secretsAdministratorArn;
