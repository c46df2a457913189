import type { SecretOrigin } from "./service-record";

/** Origins of the users of stores: the platform makes their credentials, and no person ever does. */
export const storeUserOrigins = ["database-user", "broker-user", "cache-user"] as const;
export type StoreUserOrigin = (typeof storeUserOrigins)[number];

/** Where a store answers, in the region of whoever connects. */
interface StoreAddress {
  /** Without port. */
  readonly host: string;
  readonly port: number;
}

/** The certificates that a database's own is checked against, as a file in the container. */
export const databaseCertificatesPath = "/etc/auterity/database-certificates/ca.pem";

/**
 * What services take of the secret of a user: those that change with it. The rest of its value (engine, host, port,
 * masterarn) is for the function that rotates it; a replica's would name the store of another region.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
export const storeUserProperties = {
  "database-user": ["username", "password", "dbname"],
  "broker-user": ["username", "password"],
  "cache-user": ["username", "password"],
} as const satisfies Readonly<Record<StoreUserOrigin, readonly string[]>>;

export function isStoreUserOrigin(origin: SecretOrigin): origin is StoreUserOrigin {
  return storeUserOrigins.some((one) => one === origin);
}

const user = "{{ .username | urlquery }}:{{ .password | urlquery }}";

/** URLs that encrypt and check whom they reach, in the form that clients of the store read. */
const urls: Readonly<Record<StoreUserOrigin, (address: StoreAddress) => string>> = {
  // libpq, psycopg, asyncpg and node-postgres.
  "database-user": ({ host, port }) =>
    `postgresql://${user}@${host}:${port}/{{ .dbname }}?sslmode=verify-full&sslrootcert=${databaseCertificatesPath}`,
  // The virtual host "/", escaped as a URL has to. @see https://www.rabbitmq.com/docs/uri-spec
  "broker-user": ({ host, port }) => `amqps://${user}@${host}:${port}/%2F`,
  // Celery asks for the parameter. @see https://docs.celeryq.dev/en/stable/userguide/configuration.html#conf-redis-result-backend
  "cache-user": ({ host, port }) => `rediss://${user}@${host}:${port}/0?ssl_cert_reqs=required`,
};

/** By the end of a variable's name, what it carries. */
const values: readonly (readonly [
  ending: RegExp,
  value: (origin: StoreUserOrigin, address: StoreAddress) => string,
])[] = [
  [/(^|_)URL$/, (origin, address) => urls[origin](address)],
  [/(^|_)PASSWORD$/, () => "{{ .password }}"],
  [/(^|_)USER(NAME)?$/, () => "{{ .username }}"],
];

/**
 * Template of External Secrets (v2) that makes a variable out of the secret of a user; undefined if nothing says what the
 * variable carries.
 * @see https://external-secrets.io/latest/guides/templating/
 */
export function storeUserTemplate(
  origin: StoreUserOrigin,
  variable: string,
  address: StoreAddress,
): string | undefined {
  return values.find(([ending]) => ending.test(variable))?.[1](origin, address);
}

/** What is wrong with a variable of a user's secret. */
export function storeUserVariableProblem(variable: string): string | undefined {
  if (values.some(([ending]) => ending.test(variable))) return undefined;
  return `got ${variable}, of which nothing says what it carries, need a name that ends in URL, PASSWORD, USER or USERNAME`;
}
