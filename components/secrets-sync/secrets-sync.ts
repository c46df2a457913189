import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import { createAgeReminder } from "./age-reminder";
import { type SecretAlert, secretAlertsFor } from "./alerts";
import { resolveSecretsSyncArgs, type SecretsSyncArgs } from "./args";
import { createExternalSecrets } from "./external-secrets";
import type { KeyReference } from "./policies";
import { createReaders } from "./readers";
import { createReloader } from "./reloader";
import { createRotation, createRotations, type Rotation } from "./rotation";
import { createRotationAlarms } from "./rotation-alarms";
import { type DeclaredSecret, declaredSecrets, functionNames, type Scope } from "./scope";
import { createKeys, secretsKeyAlias } from "./secrets-keys";
import { createStoredSecrets, type FunctionRoles } from "./stored-secrets";
import { createSyncedSecrets, type SecretEnvironment } from "./synced-secrets";

/**
 * What the services declare as secret: stored in AWS Secrets Manager, guarded, replicated and rotated, and brought into
 * the cluster for each service alone. Created without a value; people and `rotation` fill them. Needs providers of AWS and
 * Kubernetes, and the controllers' nodes: let it depend on the cluster.
 */
export class SecretsSync extends pulumi.ComponentResource {
  /** Variables by service, as `PlatformService` takes them. */
  readonly secretEnvironment: SecretEnvironment;
  /** What tells people that values do not arrive, for whoever runs Prometheus. */
  readonly alerts: readonly SecretAlert[];
  /** Key of the secrets; undefined where another environment owns them. */
  readonly keyArn: pulumi.Output<string> | undefined;
  /** By SERVICE/SECRET, known once the secret is guarded; {} where another environment owns them. */
  readonly secretArns: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: SecretsSyncArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveSecretsSyncArgs(name, args);
    super("platform:secrets:SecretsSync", name, spec, opts);
    const scope: Scope = { name, spec, owned: childOptions(this, opts) };

    const store = spec.source === "own" ? createStore(scope) : undefined;
    const readers = createReaders(scope, store ?? { keyAlias: secretsKeyAlias(spec.environment) });
    const externalSecrets = createExternalSecrets(scope);
    createReloader(scope);

    this.secretEnvironment = createSyncedSecrets(scope, readers, [externalSecrets]);
    this.alerts = secretAlertsFor(spec.refreshInterval);
    this.keyArn = store?.keyArn;
    this.secretArns = store?.secretArns ?? {};
    this.registerOutputs({ secretEnvironment: this.secretEnvironment, keyArn: this.keyArn });
  }
}

interface Store extends Extract<KeyReference, { keyArn: unknown }> {
  readonly keyArn: pulumi.Output<string>;
  readonly secretArns: Readonly<Record<string, pulumi.Output<string>>>;
}

/** All that is in AWS alone. */
function createStore(scope: Scope): Store {
  const { name, spec } = scope;
  const names = functionNames(name);
  const keys = createKeys(scope, [
    ...(declaredSecrets(spec, "generated").length > 0 ? [names.rotation] : []),
    ...(declaredSecrets(spec, "issued-outside").length > 0 ? [names.age] : []),
  ]);
  const rotation = createRotation(scope, keys.own);
  const secrets = createStoredSecrets(scope, {
    keys,
    functionRoles: (declared) => functionRoles(scope, declared, rotation),
  });
  createRotations(scope, secrets, rotation);
  createRotationAlarms(scope, rotation);
  createAgeReminder(scope, keys.own);
  const secretArns = secrets.map(({ key, stored, policy }) => [
    key,
    pulumi.all([stored.arn, policy.id]).apply(([arn]) => arn),
  ]);
  return {
    keyArn: keys.own.arn,
    secretArns: Object.fromEntries(secretArns) as Store["secretArns"],
  };
}

function functionRoles(
  { spec }: Scope,
  { secret: { origin } }: DeclaredSecret,
  rotation: Rotation | undefined,
): FunctionRoles {
  if (origin === "generated")
    return rotation === undefined ? {} : { functionRoleArns: [rotation.created.role.arn] };
  const store = origin === "issued-outside" ? undefined : spec.storeRotations[origin];
  if (store === undefined) return {};
  const { roleArn, makerRoleArn, replicaMakerRoleArn } = store;
  return {
    functionRoleArns: [roleArn, ...(makerRoleArn === undefined ? [] : [makerRoleArn])],
    ...(replicaMakerRoleArn !== undefined && { otherReaderArns: [replicaMakerRoleArn] }),
  };
}
