import * as aws from "@pulumi/aws";
import { secretsKeyPolicy } from "./policies";
import type { Scope } from "./scope";

const deletionWindowDays = 30;

export interface SecretsKeys {
  readonly own: aws.kms.Key;
  /** Of the replica region. */
  readonly replica: aws.kms.Key | undefined;
}

/** In every region in which the secrets of an environment are, so that readers know the key before it is there. */
export function secretsKeyAlias(environment: string): string {
  return `alias/auterity-${environment}-secrets`;
}

/** A key in each region: neither depends on the other's being there. */
export function createKeys(scope: Scope, functionNames: readonly string[]): SecretsKeys {
  const { region, replicaRegion } = scope.spec;
  return {
    own: createKey(scope, region, functionNames),
    replica: replicaRegion === undefined ? undefined : createKey(scope, replicaRegion, []),
  };
}

function createKey(
  { name, spec, owned }: Scope,
  region: string,
  functionNames: readonly string[],
): aws.kms.Key {
  const key = new aws.kms.Key(
    `${name}-secrets-key-${region}`,
    {
      region,
      description: `Secrets of ${spec.environment} in ${region}`,
      enableKeyRotation: true,
      deletionWindowInDays: deletionWindowDays,
      policy: JSON.stringify(secretsKeyPolicy({ ...spec, region }, functionNames)),
      tags: spec.tags,
    },
    { ...owned, protect: spec.protect },
  );
  new aws.kms.Alias(
    `${name}-secrets-key-${region}`,
    { region, name: secretsKeyAlias(spec.environment), targetKeyId: key.keyId },
    owned,
  );
  return key;
}
