import { secretName } from "../../components/shared/secret-names";
import type { ServiceRecord } from "../../components/shared/service-record";
import { isStoreUserOrigin } from "../../components/shared/store-user-values";
import type { Finding } from "./finding";

/** Where a credential goes. */
export type Destination =
  | {
      readonly kind: "secret";
      readonly record: string;
      readonly secret: string;
      readonly path: string;
    }
  | { readonly kind: "disappears"; readonly why: string }
  /** No record of the catalogue asks for it. */
  | { readonly kind: "undeclared"; readonly why: string }
  /** Written from elsewhere: another place overrides it, or hands it on. */
  | { readonly kind: "covered"; readonly why: string };

/** Parts of the Compose set that the platform replaces. */
const replaced: readonly (readonly [RegExp, string])[] = [
  [/^VAULT_|^VAULT$/, "disappears with Vault, which Secrets Manager replaces"],
  [/^MINIO_/, "disappears with MinIO, which S3 and the roles of the services replace"],
  [
    /^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)$/,
    "disappears with the roles of the services, which need no key",
  ],
];
const replacedServices: readonly (readonly [RegExp, string])[] = [
  [/^vault/, "disappears with Vault, which Secrets Manager replaces"],
  [/^minio/, "disappears with MinIO, which S3 and the roles of the services replace"],
  [
    /^(postgres|postgresql|db|database)(-|$)/,
    "disappears with the container: the managed database has secrets of its own",
  ],
  [/^rabbitmq/, "disappears with the container: the managed broker has secrets of its own"],
  [/^(redis|mailhog|kong|jaeger)/, "disappears with the container, which a managed part replaces"],
];

/** Every variable that the catalogue takes from a secret, or that goes away. */
export function knownVariables(records: readonly ServiceRecord[]): Set<string> {
  const declared = records.flatMap((record) =>
    record.secrets.flatMap((secret) => secret.variables),
  );
  return new Set([...declared, "VAULT_TOKEN", "MINIO_ROOT_USER", "MINIO_ACCESS_KEY"]);
}

export interface Mapping {
  readonly environment: string;
  readonly records: readonly ServiceRecord[];
  /** `--map`: a service of the Compose files, or an env file, to records. */
  readonly overrides: ReadonlyMap<string, readonly string[]>;
}

/** Names of the records that a Compose service becomes. */
export function recordsOf(
  service: {
    readonly name: string;
    readonly containerName?: string | undefined;
    readonly image?: string | undefined;
  },
  { records, overrides }: Mapping,
): readonly string[] {
  const given = overrides.get(service.name);
  if (given !== undefined) return given;
  const image = /([^/:@]+)(?:[:@][^/]*)?$/.exec(service.image ?? "")?.[1];
  const candidates = [service.name, service.containerName, image].flatMap((each) =>
    each === undefined ? [] : [comparable(each)],
  );
  const found = records.find((record) => candidates.includes(comparable(record.name)));
  return found === undefined ? [] : [found.name];
}

/** The words that teams use for the same part, and numbers of replicas, make no difference. */
function comparable(name: string): string {
  return name
    .toLowerCase()
    .replaceAll("_", "-")
    .replace(/^auterity-(unified-)?/, "")
    .replace(/-\d+$/, "")
    .replace(/-backend$/, "-api")
    .replace(/-(frontend|ui)$/, "-web");
}

/** The destinations of what a service of the Compose file gets. */
export function destinationsOf(
  finding: Finding,
  recordNames: readonly string[],
  mapping: Mapping,
): Destination[] {
  const { variable, service } = finding;
  const declared = recordNames.flatMap((name) => declaredIn(variable, name, mapping));
  if (declared.length > 0) return declared;
  const gone = replaced.find(([pattern]) => pattern.test(variable));
  if (gone !== undefined) return [{ kind: "disappears", why: gone[1] }];
  const goneService = replacedServices.find(([pattern]) =>
    pattern.test(service?.toLowerCase() ?? "-"),
  );
  if (goneService !== undefined && recordNames.length === 0)
    return [{ kind: "disappears", why: goneService[1] }];
  return [{ kind: "undeclared", why: undeclaredReason(finding, recordNames, mapping) }];
}

function declaredIn(variable: string, recordName: string, mapping: Mapping): Destination[] {
  const record = mapping.records.find((each) => each.name === recordName);
  const secret = record?.secrets.find((each) => each.variables.includes(variable));
  if (record === undefined || secret === undefined) return [];
  if (isStoreUserOrigin(secret.origin))
    return [{ kind: "covered", why: "made by the platform, nothing to migrate" }];
  const path = secretName(mapping.environment, record.name, secret.name);
  return [{ kind: "secret", record: record.name, secret: secret.name, path }];
}

/** Names of the records that declare a variable. */
export function declaringRecords(variable: string, records: readonly ServiceRecord[]): string[] {
  return records
    .filter((record) => record.secrets.some((secret) => secret.variables.includes(variable)))
    .map((record) => record.name);
}

function undeclaredReason(
  { variable, service }: Finding,
  recordNames: readonly string[],
  { records }: Mapping,
): string {
  if (recordNames.length > 0)
    return `nobody declares it: ${recordNames.join(", ")} has no secret with ${variable}`;
  const declaring = declaringRecords(variable, records);
  if (service !== undefined && declaring.length > 0)
    return `no record is called ${service}: name it with --map ${service}=RECORD (${declaring.join(", ")} declare ${variable})`;
  return "nobody declares it";
}
