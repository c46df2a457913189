import type * as pulumi from "@pulumi/pulumi";
import { keyAdministration } from "../shared/key-statements";
import { cachePrefix, type Upstream } from "./upstreams";

interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: "Allow";
  readonly Principal?: { readonly Service: string } | { readonly AWS: string | readonly string[] };
  readonly Action: string | readonly string[];
  readonly Resource?: pulumi.Input<string> | readonly pulumi.Input<string>[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, pulumi.Input<string>>>>>;
}

interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

/** Where a policy applies. */
interface RegistryLocation {
  readonly region: string;
  readonly accountId: string;
}

/** What ECR needs of a key on behalf of whoever creates a repository; it works with the grants made then. */
const grantActions = ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"] as const;

/**
 * Policy of the key that encrypts images: the account administers it and lets ECR use it, and nobody, whatever IAM
 * allows him, encrypts or decrypts with it himself. ECR's own role for new repositories calls the key directly.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
 */
export function imageKeyPolicy(
  { region, accountId }: RegistryLocation,
  creationRoleArn?: pulumi.Input<string>,
): PolicyDocument {
  const account = { AWS: `arn:aws:iam::${accountId}:root` };
  const grant = {
    Effect: "Allow",
    Principal: account,
    Action: grantActions,
    Resource: "*",
  } as const;
  const registry = {
    Sid: "GrantToRegistry",
    ...grant,
    Condition: { StringEquals: { "kms:ViaService": `ecr.${region}.amazonaws.com` } },
  };
  const statements: PolicyStatement[] = [
    {
      Sid: "AdministerKey",
      Effect: "Allow",
      Principal: account,
      Action: keyAdministration,
      Resource: "*",
    },
    registry,
  ];
  if (creationRoleArn !== undefined)
    statements.push({
      Sid: "GrantToCreationRole",
      ...grant,
      Condition: { ArnEquals: { "aws:PrincipalArn": creationRoleArn } },
    });
  return { Version: "2012-10-17", Statement: statements };
}

/** Policy of one repository: these accounts may pull from it and do nothing else. */
export function pullPolicy(accountIds: readonly string[]): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "PullFromAccounts",
        Effect: "Allow",
        Principal: { AWS: accountIds.map((accountId) => `arn:aws:iam::${accountId}:root`) },
        Action: [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:GetDownloadUrlForLayer",
        ],
      },
    ],
  };
}

/** Lets ECR itself take the role that creates repositories. */
export const creationTrustPolicy: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "ecr.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
};

/** Repositories that ECR may create, and the key that it encrypts them with. */
export interface CreationScope {
  readonly region: string;
  /** Namespace of the repositories. */
  readonly namespace: string;
  readonly keyArn: pulumi.Input<string>;
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-custom.html */
export function creationPolicy(
  accountId: string,
  scopes: readonly CreationScope[],
): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "CreateRepositories",
        Effect: "Allow",
        Action: ["ecr:CreateRepository", "ecr:ReplicateImage", "ecr:TagResource"],
        Resource: scopes.map((scope) => repositoryArn({ ...scope, accountId }, scope.namespace)),
      },
      {
        Sid: "EncryptThem",
        Effect: "Allow",
        Action: grantActions,
        Resource: scopes.map(({ keyArn }) => keyArn),
      },
    ],
  };
}

/** What a role needs beside pulling, so that the first pull of an image fills the cache: for the nodes of a cluster. */
export function pullThroughPolicy(
  location: RegistryLocation & { readonly namespace: string },
  upstreams: readonly Upstream[],
): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "FillImageCache",
        Effect: "Allow",
        Action: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
        Resource: upstreams.map((upstream) =>
          repositoryArn(location, cachePrefix(location.namespace, upstream)),
        ),
      },
    ],
  };
}

function repositoryArn({ region, accountId }: RegistryLocation, prefix: string): string {
  return `arn:aws:ecr:${region}:${accountId}:repository/${prefix}/*`;
}
