import type * as aws from "@pulumi/aws";
import { type InterfaceEndpoint } from "./interface-endpoints";
import { type ResolvedSecureVpcArgs } from "./args";

type Place = Pick<ResolvedSecureVpcArgs, "accountId" | "region">;
type Statement = aws.iam.PolicyStatement;

/** Services with a gateway endpoint: no charge, no address, a route only. */
export type GatewayEndpoint = "dynamodb" | "s3";

/**
 * The account's own principals, wherever the resource lives. An endpoint policy grants nothing: it bounds what
 * identities of this account may do from here, and keeps those of other accounts off the endpoint.
 */
function ownPrincipals(accountId: string): Statement {
  return {
    Sid: "OwnPrincipals",
    Effect: "Allow",
    Principal: "*",
    Action: "*",
    Resource: "*",
    Condition: { StringEquals: { "aws:PrincipalAccount": accountId } },
  };
}

/** The account's own principals on its own resources: nothing is carried off to another account's. */
function ownPrincipalsOnOwnResources(accountId: string): Statement {
  return {
    Sid: "OwnPrincipalsOnOwnResources",
    Effect: "Allow",
    Principal: "*",
    Action: "*",
    Resource: "*",
    Condition: {
      StringEquals: { "aws:PrincipalAccount": accountId, "aws:ResourceAccount": accountId },
    },
  };
}

function s3Statements({ accountId, region }: Place): Statement[] {
  return [
    ownPrincipalsOnOwnResources(accountId),
    {
      Sid: "OwnPrincipalsReadElsewhere",
      Effect: "Allow",
      Principal: "*",
      Action: ["s3:Get*", "s3:List*"],
      Resource: "*",
      Condition: { StringEquals: { "aws:PrincipalAccount": accountId } },
    },
    {
      // Image layers come by links that ECR has signed, node packages unsigned: neither has a principal of ours.
      // https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
      // https://docs.aws.amazon.com/linux/al2023/ug/managing-repos-os-updates.html
      Sid: "AnyoneReadsImageLayersAndNodePackages",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: [
        `arn:aws:s3:::prod-${region}-starport-layer-bucket/*`,
        `arn:aws:s3:::al2023-repos-${region}-de612dc2/*`,
      ],
    },
  ];
}

/** Roles for service accounts are assumed with the cluster's token, by a caller who is nobody's principal yet. */
function webIdentityForOwnRoles(accountId: string): Statement {
  return {
    Sid: "WebIdentityForOwnRoles",
    Effect: "Allow",
    Principal: "*",
    Action: "sts:AssumeRoleWithWebIdentity",
    Resource: `arn:aws:iam::${accountId}:role/*`,
  };
}

export function gatewayEndpointPolicy(service: GatewayEndpoint, place: Place): string {
  switch (service) {
    case "dynamodb":
      return documentOf([ownPrincipalsOnOwnResources(place.accountId)]);
    case "s3":
      return documentOf(s3Statements(place));
  }
}

export function interfaceEndpointPolicy(
  service: InterfaceEndpoint,
  { accountId }: Pick<Place, "accountId">,
): string {
  return documentOf([
    ownPrincipals(accountId),
    ...(service === "sts" ? [webIdentityForOwnRoles(accountId)] : []),
  ]);
}

function documentOf(statements: Statement[]): string {
  const document: aws.iam.PolicyDocument = { Version: "2012-10-17", Statement: statements };
  return JSON.stringify(document);
}
