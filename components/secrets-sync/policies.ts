import type * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import { functionArn, functionLogKeyStatement } from "../shared/function-policies";
import { keyAdministration } from "../shared/key-statements";
import { environmentSecretPath, serviceSecretPath } from "../shared/secret-names";

type Statement = aws.iam.PolicyStatement;
type Document = aws.iam.PolicyDocument;

/** Where the secrets of one environment are. */
export interface SecretsPlace {
  readonly region: string;
  readonly accountId: string;
  readonly environment: string;
}

function document(...statements: Statement[]): Document {
  return { Version: "2012-10-17", Statement: statements };
}

/**
 * The account administers the key and lets Secrets Manager use it for whoever may get at a secret; nobody, whatever IAM
 * allows him, decrypts with it himself. With functions, their logs and environments are encrypted with it too.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
export function secretsKeyPolicy(
  { region, accountId }: SecretsPlace,
  functionNames: readonly string[],
): Document {
  const account = { AWS: `arn:aws:iam::${accountId}:root` };
  const use = (sid: string, service: string): Statement => ({
    Sid: sid,
    Effect: "Allow",
    Principal: account,
    Action: [
      "kms:CreateGrant",
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Encrypt",
      "kms:GenerateDataKey*",
      "kms:ReEncrypt*",
    ],
    Resource: "*",
    Condition: {
      StringEquals: {
        "kms:CallerAccount": accountId,
        "kms:ViaService": `${service}.${region}.amazonaws.com`,
      },
    },
  });
  return document(
    {
      Sid: "AdministerKey",
      Effect: "Allow",
      Principal: account,
      Action: [...keyAdministration],
      Resource: "*",
    },
    use("UseForSecrets", "secretsmanager"),
    ...(functionNames.length > 0 ? [use("UseForFunctions", "lambda")] : []),
    ...functionNames.map((functionName, index) => ({
      ...functionLogKeyStatement({ region, accountId, functionName }),
      Sid: `LogsEncrypt${index + 1}`,
    })),
  );
}

/** What reads or may write a value; whoever deploys does all else, and sees none. `UpdateSecret` can do either. */
const readActions = ["secretsmanager:GetSecretValue"];
const writeActions = [
  "secretsmanager:PutSecretValue",
  "secretsmanager:UpdateSecret",
  "secretsmanager:UpdateSecretVersionStage",
];

/** What changes who gets at a value, or takes it away; neither reads nor writes one. */
const controlActions = [
  "secretsmanager:CancelRotateSecret",
  "secretsmanager:DeleteResourcePolicy",
  "secretsmanager:DeleteSecret",
  "secretsmanager:PutResourcePolicy",
  "secretsmanager:RemoveRegionsFromReplication",
  "secretsmanager:ReplicateSecretToRegions",
  "secretsmanager:RotateSecret",
  "secretsmanager:StopReplicationToReplica",
  "secretsmanager:TagResource",
  "secretsmanager:UntagResource",
];

export interface SecretAccess {
  /** Reads it, in each region in which it may run. */
  readonly service: string;
  readonly regions: readonly string[];
  /** Of the functions that write this secret: that rotates it, that makes the user it is for. */
  readonly functionRoleArns?: readonly Input<string>[];
  /** Of functions elsewhere that read it. */
  readonly otherReaderArns?: readonly Input<string>[];
  readonly administratorArns: readonly Input<string>[];
  /** Change the secret without getting at its value. */
  readonly deployerArns: readonly Input<string>[];
  /** Whether they write values too, without ever reading one. Default: false. */
  readonly deployersWrite?: boolean;
}

/**
 * Policy of one secret, which Secrets Manager replicates with it: whatever IAM allows others, they neither read nor write
 * its value, nor change who does. The account's root user may undo it where nobody is left who can. Allows nothing by itself. The condition sees the role behind a session.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html
 */
export function secretPolicy(place: Omit<SecretsPlace, "region">, access: SecretAccess): Document {
  const { service, regions, administratorArns, deployerArns, functionRoleArns = [] } = access;
  const readers = [
    ...regions.map((region) => readerRoleArn({ ...place, region }, service)),
    ...(access.otherReaderArns ?? []),
  ];
  const writers = [...functionRoleArns, ...administratorArns];
  const deny = (sid: string, actions: string[], but: Input<string>[]): Statement => ({
    Sid: sid,
    Effect: "Deny",
    Principal: "*",
    Action: actions,
    Resource: "*",
    Condition: { ArnNotLike: { "aws:PrincipalArn": but } },
  });
  return document(
    deny("ReadByNobodyElse", readActions, [...readers, ...writers]),
    deny("WriteByNobodyElse", writeActions, [
      ...writers,
      ...(access.deployersWrite === true ? deployerArns : []),
    ]),
    deny("ChangeByNobodyElse", controlActions, [
      ...administratorArns,
      ...deployerArns,
      `arn:aws:iam::${place.accountId}:root`,
    ]),
  );
}

/** Of all readers' roles, in every account. */
export const readerRolePath = "/auterity/secrets/";

/** Told from the place, so that the policy of a secret names the reader of another region before there is one. */
export function readerRoleName(
  { environment, region }: Omit<SecretsPlace, "accountId">,
  service: string,
): string {
  return `${environment}-${region}-${service}`;
}

function readerRoleArn(place: SecretsPlace, service: string): string {
  return `arn:aws:iam::${place.accountId}:role${readerRolePath}${readerRoleName(place, service)}`;
}

interface Identity {
  readonly providerArn: Input<string>;
  /** Without "https://". */
  readonly issuer: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** One service account of one cluster and nobody else. @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html */
export function readerTrustPolicy({
  providerArn,
  issuer,
  namespace,
  serviceAccount,
}: Identity): Document {
  return document({
    Effect: "Allow",
    Principal: { Federated: providerArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: {
        [`${issuer}:aud`]: "sts.amazonaws.com",
        [`${issuer}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}`,
      },
    },
  });
}

/** The key by its ARN, or by the alias that its owner gives it in each region. */
export type KeyReference = { readonly keyArn: Input<string> } | { readonly keyAlias: string };

export function readerPolicy(place: SecretsPlace, service: string, key: KeyReference): Document {
  const { region, accountId, environment } = place;
  return document(
    {
      Sid: "ReadOwnSecrets",
      Effect: "Allow",
      Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      Resource: secretArn(place, `${serviceSecretPath(environment, service)}/*`),
    },
    {
      Sid: "DecryptThem",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: "keyArn" in key ? key.keyArn : `arn:aws:kms:${region}:${accountId}:key/*`,
      Condition: {
        StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` },
        // The secret that is decrypted: others have the same key.
        StringLike: {
          "kms:EncryptionContext:SecretARN": secretArn(
            { ...place, region: "*" },
            `${serviceSecretPath(environment, service)}/*`,
          ),
        },
        ...("keyAlias" in key && {
          "ForAnyValue:StringEquals": { "kms:ResourceAliases": key.keyAlias },
        }),
      },
    },
  );
}

/** Secrets that are set to be rotated by this very function, and no others. */
export function rotationStatements(
  place: SecretsPlace,
  functionName: string,
  keyArn: Input<string>,
): Statement[] {
  const { region, environment } = place;
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
      Resource: secretArn(place, `${environmentSecretPath(environment)}/*`),
      Condition: {
        StringEquals: {
          "secretsmanager:resource/AllowRotationLambdaArn": functionArn({ ...place, functionName }),
        },
      },
    },
    {
      Sid: "EncryptThem",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: keyArn,
      Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } },
    },
  ];
}

/** Names, tags and dates; a list has no resource to name. */
export function ageStatements(place: SecretsPlace): Statement[] {
  return [
    { Sid: "ListSecrets", Effect: "Allow", Action: "secretsmanager:ListSecrets", Resource: "*" },
    {
      Sid: "ListVersions",
      Effect: "Allow",
      Action: "secretsmanager:ListSecretVersionIds",
      Resource: secretArn(place, `${environmentSecretPath(place.environment)}/*`),
    },
  ];
}

function secretArn({ region, accountId }: SecretsPlace, path: string): string {
  return `arn:aws:secretsmanager:${region}:${accountId}:secret:${path}`;
}
