import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ChildOptions } from "./child-options";
import { functionCode } from "./function-code";
import { functionArn } from "./function-policies";
import { createFunction } from "./scheduled-function";

/** Secrets that a function of a store rotates. */
interface RotatedSecrets {
  /** Names in Secrets Manager, which need not exist yet. */
  readonly names: readonly string[];
  /** Alias of the key that encrypts them, which need not exist yet either: "alias/…". */
  readonly keyAlias: string;
}

interface StoreRotationArgs {
  readonly region: string;
  readonly accountId: string;
  /** In `functions/`. */
  readonly code: string;
  readonly functionName: string;
  readonly description: string;
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  readonly secrets: RotatedSecrets;
  /** What it does to the store. */
  readonly statements: readonly aws.iam.PolicyStatement[];
  readonly timeoutSeconds: number;
  readonly logRetentionDays: number;
  /** Encrypts log and environment. */
  readonly keyArn: pulumi.Input<string>;
  readonly vpc?: {
    readonly subnetIds: pulumi.Input<string>[];
    readonly securityGroupIds: pulumi.Input<string>[];
  };
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  readonly tags: Readonly<Record<string, string>>;
}

/** What rotates users of a store, as `SecretsSync` takes it. */
export interface StoreUserRotation {
  readonly functionArn: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;
}

/** A function that Secrets Manager starts, for secrets of this account alone. */
export function createStoreRotation(
  name: string,
  args: StoreRotationArgs,
  owned: ChildOptions,
): StoreUserRotation & { readonly permission: aws.lambda.Permission } {
  const { region, accountId, code, vpc, permissionsBoundaryArn } = args;
  const created = createFunction(
    name,
    {
      region,
      accountId,
      functionName: args.functionName,
      description: args.description,
      code: functionCode(code),
      environment: args.environment,
      policyStatements: [...secretStatements(args), ...args.statements],
      timeoutSeconds: args.timeoutSeconds,
      logRetentionDays: args.logRetentionDays,
      keyArn: args.keyArn,
      ...(vpc !== undefined && { vpc }),
      ...(permissionsBoundaryArn !== undefined && { permissionsBoundaryArn }),
      tags: args.tags,
    },
    owned,
  );
  const permission = new aws.lambda.Permission(
    name,
    {
      region,
      function: created.function.name,
      action: "lambda:InvokeFunction",
      principal: "secretsmanager.amazonaws.com",
      // Else it would start for the secrets of any account that knows its name.
      sourceAccount: accountId,
    },
    owned,
  );
  // Whoever sets a secret to be rotated by it at once comes after what that needs.
  const functionArnOnceReady = pulumi
    .all([created.function.arn, permission.id])
    .apply(([arn]) => arn);
  return { functionArn: functionArnOnceReady, roleArn: created.role.arn, permission };
}

/** Its own secrets, and only once they are set to be rotated by it. */
function secretStatements({
  region,
  accountId,
  functionName,
  secrets,
}: StoreRotationArgs): aws.iam.PolicyStatement[] {
  const arns = secrets.names.map((secret) => secretArnPattern({ region, accountId }, secret));
  return [
    {
      Sid: "RotateSecrets",
      Effect: "Allow",
      Action: [
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetSecretValue",
        "secretsmanager:PutSecretValue",
        "secretsmanager:UpdateSecretVersionStage",
      ],
      Resource: arns,
      Condition: {
        StringEquals: {
          "secretsmanager:resource/AllowRotationLambdaArn": functionArn({
            region,
            accountId,
            functionName,
          }),
        },
      },
    },
    {
      Sid: "EncryptThem",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: `arn:aws:kms:${region}:${accountId}:key/*`,
      Condition: {
        StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` },
        StringLike: { "kms:EncryptionContext:SecretARN": arns },
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": secrets.keyAlias },
      },
    },
  ];
}

/** Secrets Manager puts a hyphen and six characters behind the name. */
export function secretArnPattern(
  { region, accountId }: { region: string; accountId: string },
  secretName: string,
): string {
  return `arn:aws:secretsmanager:${region}:${accountId}:secret:${secretName}-??????`;
}
