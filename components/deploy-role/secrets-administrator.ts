import type * as aws from "@pulumi/aws";
import type { DeployRoleSpec } from "./args";

/**
 * What people do with secrets: find, read, fill, rotate, restore and, where a policy has locked everybody out, mend it.
 * They make none and delete none: the program does.
 */
export function secretsAdministratorPolicy(spec: DeployRoleSpec): aws.iam.PolicyDocument {
  const { accountId, regions, secretsPath } = spec;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "FindSecrets",
        Effect: "Allow",
        Action: ["secretsmanager:GetRandomPassword", "secretsmanager:ListSecrets"],
        Resource: "*",
      },
      {
        Sid: "KeepSecrets",
        Effect: "Allow",
        Action: [
          "secretsmanager:CancelRotateSecret",
          "secretsmanager:DeleteResourcePolicy",
          "secretsmanager:DescribeSecret",
          "secretsmanager:GetResourcePolicy",
          "secretsmanager:GetSecretValue",
          "secretsmanager:ListSecretVersionIds",
          "secretsmanager:PutResourcePolicy",
          "secretsmanager:PutSecretValue",
          "secretsmanager:RestoreSecret",
          "secretsmanager:RotateSecret",
          "secretsmanager:StopReplicationToReplica",
          "secretsmanager:UpdateSecretVersionStage",
        ],
        Resource: regions.map(
          (region) => `arn:aws:secretsmanager:${region}:${accountId}:secret:${secretsPath}/*`,
        ),
      },
      {
        // The policies of the keys let Secrets Manager alone use them; which key it is, nobody knows here.
        Sid: "ThroughTheirKeys",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"],
        Resource: regions.map((region) => `arn:aws:kms:${region}:${accountId}:key/*`),
        Condition: {
          StringEquals: {
            "kms:ViaService": regions.map((region) => `secretsmanager.${region}.amazonaws.com`),
          },
        },
      },
    ],
  };
}
