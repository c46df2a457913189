import type * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import { functionArn } from "../shared/function-policies";
import { environmentSecretPath } from "../shared/secret-names";
import { type DatabaseUsersSpec, plannedUsers } from "./args";

type Statement = aws.iam.PolicyStatement;

/** Of the roles that make users, in every account. */
export const makerRolePath = "/auterity/database/";

/** Told from the place, so that policies of secrets name the maker of another region before there is one. */
export function makerRoleName(environment: string, region: string): string {
  return `${environment}-${region}-database-users`;
}

export function makerRoleArn(accountId: string, environment: string, region: string): string {
  return `arn:aws:iam::${accountId}:role${makerRolePath}${makerRoleName(environment, region)}`;
}

/** The secrets of these users and of the administrator, and no other. */
export function makerStatements(spec: DatabaseUsersSpec): Statement[] {
  const { region, accountId, cluster, secrets } = spec;
  const own = plannedUsers(spec).map(
    ({ secretId }) =>
      // Secrets Manager puts six characters behind a name.
      `arn:aws:secretsmanager:${region}:${accountId}:secret:${secretId}-??????`,
  );
  const read = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"];
  return [
    { Sid: "ReadAdministrator", Effect: "Allow", Action: read, Resource: cluster.masterSecretArn },
    ...(own.length === 0
      ? []
      : [
          {
            Sid: "UserSecrets",
            Effect: "Allow" as const,
            Action: [...read, ...(secrets === "own" ? ["secretsmanager:PutSecretValue"] : [])],
            Resource: own,
          },
        ]),
    ...(cluster.masterPassword === "own" ? [replaceAdministrator(cluster.masterSecretArn)] : []),
    ...keyStatements(spec),
  ];
}

/** Secrets that are set to be rotated by this very function, and the administrator who changes the passwords. */
export function rotationStatements(spec: DatabaseUsersSpec, functionName: string): Statement[] {
  const { region, accountId, environment, cluster } = spec;
  return [
    {
      Sid: "ReadAdministrator",
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: cluster.masterSecretArn,
    },
    {
      Sid: "RotateSecrets",
      Effect: "Allow",
      Action: [
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetSecretValue",
        "secretsmanager:PutSecretValue",
        "secretsmanager:UpdateSecretVersionStage",
      ],
      Resource: `arn:aws:secretsmanager:${region}:${accountId}:secret:${environmentSecretPath(environment)}/*`,
      Condition: {
        StringEquals: {
          "secretsmanager:resource/AllowRotationLambdaArn": functionArn({
            ...{ region, accountId, functionName },
          }),
        },
      },
    },
    ...(cluster.masterPassword === "own" ? [replaceAdministrator(cluster.masterSecretArn)] : []),
    ...keyStatements(spec),
  ];
}

function replaceAdministrator(masterSecretArn: Input<string>): Statement {
  return {
    Sid: "ReplaceAdministrator",
    Effect: "Allow",
    Action: [
      "secretsmanager:DescribeSecret",
      "secretsmanager:PutSecretValue",
      "secretsmanager:UpdateSecretVersionStage",
    ],
    Resource: masterSecretArn,
  };
}

/** Two keys: the administrator's secret has that of the database, the users' have that of all secrets. */
function keyStatements({
  region,
  accountId,
  cluster,
  secretsKeyAlias,
}: DatabaseUsersSpec): Statement[] {
  const through = { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` };
  const use = ["kms:Decrypt", "kms:GenerateDataKey"];
  return [
    {
      Sid: "DatabaseKey",
      Effect: "Allow",
      Action: use,
      Resource: cluster.keyArn,
      Condition: { StringEquals: through },
    },
    {
      Sid: "SecretsKey",
      Effect: "Allow",
      Action: use,
      Resource: `arn:aws:kms:${region}:${accountId}:key/*`,
      Condition: {
        StringEquals: through,
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": secretsKeyAlias },
      },
    },
  ];
}
