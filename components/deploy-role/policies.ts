import type * as aws from "@pulumi/aws";
import type { DeployRoleSpec } from "./args";
import { issuer } from "./trust";
import {
  costActions,
  healthCheckActions,
  dataReads,
  ownRoleOf,
  rolePassedTo,
  zoneActions,
  zoneLooks,
} from "./services";

type Statement = aws.iam.PolicyStatement;

/** Role changes that IAM can tie to the boundary of the role. */
const boundRoleActions = [
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
];
/** Those that it cannot: the refusals below keep them from what was there before. */
const roleActions = [
  "iam:AddRoleToInstanceProfile",
  "iam:CreateInstanceProfile",
  "iam:CreatePolicy",
  "iam:CreatePolicyVersion",
  "iam:DeleteInstanceProfile",
  "iam:DeletePolicy",
  "iam:DeletePolicyVersion",
  "iam:DeleteRole",
  "iam:RemoveRoleFromInstanceProfile",
  "iam:TagInstanceProfile",
  "iam:TagPolicy",
  "iam:TagRole",
  "iam:UntagInstanceProfile",
  "iam:UntagPolicy",
  "iam:UntagRole",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateRole",
  "iam:UpdateRoleDescription",
];

function account({ accountId }: DeployRoleSpec, resource: string): string {
  return `arn:aws:iam::${accountId}:${resource}`;
}

/**
 * What a deployment may do: everything in the platform's services and regions, and roles only within the platform's
 * boundary. It can widen neither itself nor the boundary nor whom GitHub's tokens make of somebody.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function deployerPolicy(spec: DeployRoleSpec): aws.iam.PolicyDocument {
  const { platformBoundaryArn, regions, services } = spec;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Services",
        Effect: "Allow",
        Action: services.map((service) => `${service}:*`),
        Resource: "*",
        Condition: { StringEquals: { "aws:RequestedRegion": [...regions] } },
      },
      // IAM, Route 53 and what costs are asked of have one endpoint for the world, which counts as us-east-1: no condition on a region here.
      ...zoneStatements(spec),
      { Sid: "Costs", Effect: "Allow", Action: [...costActions], Resource: "*" },
      { Sid: "Look", Effect: "Allow", Action: ["iam:Get*", "iam:List*"], Resource: "*" },
      {
        Sid: "RolesWithinTheBoundary",
        Effect: "Allow",
        Action: boundRoleActions,
        Resource: account(spec, "role/*"),
        Condition: { StringEquals: { "iam:PermissionsBoundary": platformBoundaryArn } },
      },
      {
        Sid: "RolesAndPolicies",
        Effect: "Allow",
        Action: roleActions,
        Resource: ["role/*", "policy/*", "instance-profile/*"].map((kind) => account(spec, kind)),
      },
      {
        Sid: "HandRolesToServices",
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: account(spec, "role/*"),
        Condition: { StringEquals: { "iam:PassedToService": [...rolePassedTo] } },
      },
      {
        Sid: "RolesThatServicesOwn",
        Effect: "Allow",
        Action: "iam:CreateServiceLinkedRole",
        Resource: account(spec, "role/aws-service-role/*"),
        Condition: { StringEquals: { "iam:AWSServiceName": [...ownRoleOf] } },
      },
      {
        Sid: "IdentitiesOfClusters",
        Effect: "Allow",
        Action: ["iam:*OpenIDConnectProvider*"],
        Resource: account(spec, "oidc-provider/oidc.eks.*"),
      },
      ...stateStatements(spec, ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]),
      ...refusals(spec),
    ],
  };
}

/** Records of the named zones alone: with all of them a deployment could take over every domain of the account. */
function zoneStatements({ hostedZoneIds }: DeployRoleSpec): Statement[] {
  if (hostedZoneIds.length === 0) return [];
  return [
    {
      Sid: "RecordsOfZones",
      Effect: "Allow",
      Action: [...zoneActions],
      Resource: hostedZoneIds.map((id) => `arn:aws:route53:::hostedzone/${id}`),
    },
    {
      Sid: "HealthChecks",
      Effect: "Allow",
      Action: [...healthCheckActions],
      Resource: "arn:aws:route53:::healthcheck/*",
    },
    { Sid: "FindZones", Effect: "Allow", Action: [...zoneLooks], Resource: "*" },
  ];
}

/**
 * Values of secrets. What cannot be refused is the read of one named version: the provider looks so at the marker that
 * it has just written, before the policy of the secret closes it to the deployer.
 */
const secretRefusals: readonly Statement[] = [
  {
    Sid: "NoSecretsTogether",
    Effect: "Deny",
    Action: "secretsmanager:BatchGetSecretValue",
    Resource: "*",
  },
  {
    Sid: "NoCurrentSecret",
    Effect: "Deny",
    Action: "secretsmanager:GetSecretValue",
    Resource: "*",
    Condition: { Null: { "secretsmanager:VersionId": "true" } },
  },
];

/** What was there before the first deployment stays as it was. */
function refusals(spec: DeployRoleSpec): Statement[] {
  const { keptRoles, platformBoundaryArn, permissionsBoundaryArn } = spec;
  const { deployerName, viewerName, secretsAdministratorName } = spec;
  return [
    ...secretRefusals,
    {
      Sid: "KeepTheBoundaries",
      Effect: "Deny",
      Action: ["iam:CreatePolicyVersion", "iam:DeletePolicy*", "iam:SetDefaultPolicyVersion"],
      Resource: [platformBoundaryArn, permissionsBoundaryArn],
    },
    {
      Sid: "KeepRolesBounded",
      Effect: "Deny",
      Action: "iam:DeleteRolePermissionsBoundary",
      Resource: "*",
    },
    {
      // Neither changed nor handed to a function that would then act with their rights.
      Sid: "KeepTheseRoles",
      Effect: "Deny",
      NotAction: ["iam:Get*", "iam:List*"],
      Resource: [deployerName, viewerName, secretsAdministratorName, ...keptRoles].map((role) =>
        account(spec, `role/${role}`),
      ),
    },
    {
      Sid: "KeepWhoIsTrusted",
      Effect: "Deny",
      NotAction: ["iam:Get*", "iam:List*"],
      Resource: account(spec, `oidc-provider/${issuer}`),
    },
    {
      Sid: "NoPeopleAndNoKeys",
      Effect: "Deny",
      Action: ["iam:*AccessKey*", "iam:*Group*", "iam:*LoginProfile*", "iam:*User*"],
      NotResource: account(spec, "role/*"),
    },
  ];
}

function stateStatements(
  { stateBucket, stateKeyArn }: DeployRoleSpec,
  objectActions: readonly string[],
): Statement[] {
  const writes = objectActions.includes("s3:PutObject");
  return [
    {
      Sid: "FindTheState",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucket"],
      Resource: `arn:aws:s3:::${stateBucket}`,
    },
    {
      Sid: "UseTheState",
      Effect: "Allow",
      Action: [...objectActions],
      Resource: `arn:aws:s3:::${stateBucket}/*`,
    },
    {
      Sid: "ReadTheState",
      Effect: "Allow",
      Action: [
        "kms:Decrypt",
        "kms:DescribeKey",
        ...(writes ? ["kms:Encrypt", "kms:GenerateDataKey"] : []),
      ],
      Resource: stateKeyArn,
    },
  ];
}

/** What a preview may do: look at the infrastructure and read its state, but no data, no secret, no log. */
export function viewerPolicy(spec: DeployRoleSpec): aws.iam.PolicyDocument {
  const { services, stateBucket, stateKeyArn } = spec;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Look",
        Effect: "Allow",
        Action: [
          ...["ce", "iam", "route53", ...services].flatMap((service) =>
            ["Describe*", "Get*", "List*"].map((verb) => `${service}:${verb}`),
          ),
          // No verb of the others reads a budget.
          "budgets:ViewBudget",
        ],
        Resource: "*",
      },
      {
        Sid: "PullImagesToScanThem",
        Effect: "Allow",
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage"],
        Resource: "*",
      },
      ...stateStatements(spec, ["s3:GetObject"]),
      { Sid: "NoDataAndNoSecrets", Effect: "Deny", Action: [...dataReads], Resource: "*" },
      {
        Sid: "NoObjectsButTheState",
        Effect: "Deny",
        Action: "s3:GetObject*",
        NotResource: `arn:aws:s3:::${stateBucket}/*`,
      },
      { Sid: "NoOtherKey", Effect: "Deny", Action: "kms:Decrypt", NotResource: stateKeyArn },
    ],
  };
}
