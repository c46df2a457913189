import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { rotationDays } from "../shared/rotation-times";
import { notFilledKey, notFilledValue } from "../shared/secret-names";
import { type SecretAccess, secretPolicy } from "./policies";
import { type DeclaredSecret, declaredSecrets, generatedVariables, type Scope } from "./scope";
import type { SecretsKeys } from "./secrets-keys";

/** A secret, ready to be rotated. */
export interface StoredSecret extends DeclaredSecret {
  readonly stored: aws.secretsmanager.Secret;
  /** With it in place the value is guarded. */
  readonly policy: aws.secretsmanager.SecretPolicy;
}

interface StoreArgs {
  readonly keys: SecretsKeys;
  /** Roles of whatever rotates the secret, or makes the user that it is for. */
  readonly functionRoles: (declared: DeclaredSecret) => FunctionRoles;
}

export type FunctionRoles = Pick<SecretAccess, "functionRoleArns" | "otherReaderArns">;

/** Every declared secret with its guard and its first version, which says that nobody has filled it. */
export function createStoredSecrets(scope: Scope, args: StoreArgs): StoredSecret[] {
  return declaredSecrets(scope.spec).map((declared) => createStoredSecret(scope, declared, args));
}

function createStoredSecret(
  { name, spec, owned }: Scope,
  declared: DeclaredSecret,
  { keys, functionRoles }: StoreArgs,
): StoredSecret {
  const { region, replicaRegion, administratorArns, deployerArns } = spec;
  const { record, secret, key, path } = declared;
  const stored = new aws.secretsmanager.Secret(
    `${name}-secret-${key}`,
    {
      region,
      name: path,
      description: `${secret.name} of ${record.name}`,
      kmsKeyId: keys.own.arn,
      recoveryWindowInDays: spec.recoveryWindowDays,
      ...(replicaRegion !== undefined &&
        keys.replica !== undefined && {
          replicas: [{ region: replicaRegion, kmsKeyId: keys.replica.arn }],
        }),
      tags: { ...spec.tags, ...secretTags(declared) },
    },
    { ...owned, protect: spec.protect },
  );
  const version = createMarker(`${name}-secret-${key}`, { region, secret: stored }, owned);
  const policy = new aws.secretsmanager.SecretPolicy(
    `${name}-secret-${key}`,
    {
      region,
      secretArn: stored.arn,
      blockPublicPolicy: true,
      policy: pulumi.jsonStringify(
        secretPolicy(spec, {
          service: record.name,
          regions: [region, ...(replicaRegion === undefined ? [] : [replicaRegion])],
          administratorArns,
          deployerArns,
          deployersWrite: secret.filledBy === "deployment",
          ...functionRoles(declared),
        }),
      ),
    },
    // After it, whoever deploys can write no value, not even the first.
    { ...owned, dependsOn: [version] },
  );
  return { ...declared, stored, policy };
}

interface MarkerArgs {
  readonly region: string;
  readonly secret: aws.secretsmanager.Secret;
}

/**
 * The first version of a secret is its current one, whatever stage it is written with. Its own stage keeps it from being
 * deleted as out of use, which would make the provider write it again, and then as a second version keeps it from
 * taking the place of a value. Write-only, so that a refresh reads no value.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html
 * @see https://github.com/hashicorp/terraform-provider-aws/pull/44876
 */
function createMarker(
  childName: string,
  { region, secret }: MarkerArgs,
  owned: pulumi.CustomResourceOptions,
): aws.secretsmanager.SecretVersion {
  return new aws.secretsmanager.SecretVersion(
    childName,
    {
      region,
      secretId: secret.id,
      secretStringWo: notFilledValue,
      secretStringWoVersion: 1,
      versionStages: [notFilledKey],
    },
    { ...owned, ignoreChanges: ["secretStringWo", "secretStringWoVersion", "versionStages"] },
  );
}

/** The function that looks for old keys knows by them which are to be replaced by people, and when. */
function secretTags({ record, secret }: DeclaredSecret): Record<string, string> {
  return {
    service: record.name,
    team: record.team,
    rotation: secret.origin,
    "auterity:rotation-days": `${rotationDays(secret.rotation)}`,
    "auterity:variables": generatedVariables(secret).join(" "),
  };
}
