import { kubernetesSecretName, secretName } from "../../components/shared/secret-names";
import type { SecretDeclaration, ServiceRecord } from "../../components/shared/service-record";
import { isStoreUserOrigin, storeUserProperties } from "../../components/shared/store-user-values";
import { SecretsError } from "./secrets-error";

/** A secret that a record asks for, in one environment. */
export interface DeclaredSecret {
  readonly record: string;
  readonly namespace: string;
  readonly kubernetesName: string;
  readonly path: string;
  readonly declaration: SecretDeclaration;
}

/** Services, and what else of the platform asks for secrets. */
export type SecretOwner = Pick<ServiceRecord, "name" | "product" | "secrets">;

export function declaredSecrets(
  environment: string,
  records: readonly SecretOwner[],
): DeclaredSecret[] {
  return records.flatMap((record) =>
    record.secrets.map((declaration) => ({
      record: record.name,
      namespace: record.product,
      kubernetesName: kubernetesSecretName(record.name, declaration.name),
      path: secretName(environment, record.name, declaration.name),
      declaration,
    })),
  );
}

/** What the secret in AWS holds when it is filled: its variables, or what those of a store's user are made of. */
export function declaredProperties({ origin, variables }: SecretDeclaration): readonly string[] {
  return isStoreUserOrigin(origin) ? storeUserProperties[origin] : variables;
}

/** The secrets that "SERVICE/SECRET" means, or "SECRET" for every service that asks for it. @throws SecretsError for none. */
export function chooseSecrets(
  target: string,
  declared: readonly DeclaredSecret[],
): DeclaredSecret[] {
  const chosen = declared.filter(
    ({ record, declaration }) =>
      target === declaration.name || target === `${record}/${declaration.name}`,
  );
  if (chosen.length > 0) return chosen;
  const known = declared.map(({ record, declaration }) => `${record}/${declaration.name}`);
  throw new SecretsError("the secret is unknown", [
    `secret: got "${target}", need one of ${known.join(", ")}, or the last part for all services`,
  ]);
}
