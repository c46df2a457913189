import type { ChildOptions } from "../shared/child-options";
import { isNeighbour, secretName } from "../shared/secret-names";
import type { SecretDeclaration, SecretOrigin } from "../shared/service-record";
import type { ResolvedSecretsSyncArgs, SecretOwner } from "./args";

/** What every part of the component works with. */
export interface Scope {
  /** Start of the children's names. */
  readonly name: string;
  readonly spec: ResolvedSecretsSyncArgs;
  readonly owned: ChildOptions;
}

/** One secret of one service. */
export interface DeclaredSecret {
  readonly record: SecretOwner;
  readonly secret: SecretDeclaration;
  /** Unique among children: services and secrets are DNS labels, which hold no slash. */
  readonly key: string;
  /** In Secrets Manager. */
  readonly path: string;
}

export function declaredSecrets(
  { records, environment }: ResolvedSecretsSyncArgs,
  origin?: SecretOrigin,
): DeclaredSecret[] {
  return records.flatMap((record) =>
    record.secrets
      .filter((secret) => origin === undefined || secret.origin === origin)
      .map((secret) => ({
        record,
        secret,
        key: `${record.name}/${secret.name}`,
        path: secretName(environment, record.name, secret.name),
      })),
  );
}

/** Services that have a secret at all. */
export function owners({ records }: ResolvedSecretsSyncArgs): SecretOwner[] {
  return records.filter((record) => record.secrets.length > 0);
}

/** What rotation generates; the variables of the keys before and after come with them. */
export function generatedVariables({ variables }: SecretDeclaration): string[] {
  return variables.filter((variable) => !isNeighbour(variable));
}

/** In AWS, and of the children. */
export function functionNames(name: string) {
  return { rotation: `${name}-secret-rotation`, age: `${name}-secret-age` } as const;
}
