import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { DeployRoleSpec, GitHubRepository } from "./args";

export const issuer = "token.actions.githubusercontent.com";
export const audience = "sts.amazonaws.com";

/**
 * What GitHub says a job of this environment is; branches and pull requests without the environment say something else.
 * @see https://docs.github.com/en/actions/reference/security/oidc#filtering-for-a-specific-environment
 */
function subjectOf({ owner, name, ids }: GitHubRepository, environment: string): string {
  const repository =
    ids === undefined ? `${owner}/${name}` : `${owner}@${ids.owner}/${name}@${ids.repository}`;
  return `repo:${repository}:environment:${environment}`;
}

/** Jobs of these environments, and the people that the account's owner has named. */
export function trustPolicy(
  { repository, peopleRoleArns }: DeployRoleSpec,
  environments: readonly string[],
  providerArn: pulumi.Input<string>,
): aws.iam.PolicyDocument {
  const statements: aws.iam.PolicyStatement[] = [
    {
      Sid: "Workflows",
      Effect: "Allow",
      Principal: { Federated: providerArn },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          [`${issuer}:aud`]: audience,
          [`${issuer}:sub`]: environments.map((environment) => subjectOf(repository, environment)),
        },
      },
    },
  ];
  if (peopleRoleArns.length > 0) statements.push(peopleStatement(peopleRoleArns));
  return { Version: "2012-10-17", Statement: statements };
}

/** People alone: no workflow looks at secrets. */
export function peopleTrustPolicy(roleArns: readonly string[]): aws.iam.PolicyDocument {
  return { Version: "2012-10-17", Statement: [peopleStatement(roleArns)] };
}

function peopleStatement(roleArns: readonly string[]): aws.iam.PolicyStatement {
  return {
    Sid: "People",
    Effect: "Allow",
    Principal: { AWS: [...roleArns] },
    Action: "sts:AssumeRole",
  };
}
