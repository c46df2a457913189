import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { repeated } from "../shared/record-workload";
import { secretName } from "../shared/secret-names";
import type { ServiceRecord } from "../shared/service-record";

/** Of a service, what decides whether it has a user, and in which database. */
export type DatabaseClient = Pick<ServiceRecord, "name" | "database" | "secrets">;

/** A database cluster, as MultiAzDatabase gives it. */
export interface DatabaseCluster {
  readonly endpoint: Input<string>;
  readonly port: number;
  readonly securityGroupId: Input<string>;
  /** Undefined in the copy of a global database, which is refused: its users come with the data. */
  readonly masterSecretArn: Input<string> | undefined;
  /** Who replaces the administrator's password: RDS itself, or the function here. */
  readonly masterPassword: "managed" | "own" | "inherited";
  /** Key of the database, its administrator's secret and the functions' logs. */
  readonly keyArn: Input<string>;
}

/** Where the functions run. */
export interface FunctionSubnets {
  readonly vpcId: Input<string>;
  readonly subnetIds: Input<Input<string>[]>;
  /** Of the interface endpoint of Secrets Manager. Default: none, they go to its public address. */
  readonly endpointSecurityGroupId?: Input<string>;
}

export interface DatabaseUsersArgs {
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  /** Whose secrets the users' are: second part of their path. */
  readonly environment: string;
  /** "own": writes what it makes into the secrets; "replicated": makes the users that replicas of another region's secrets name. */
  readonly secrets: "own" | "replicated";
  readonly cluster: DatabaseCluster;
  /** Databases to be made; every one that a service names. */
  readonly databases: readonly string[];
  readonly clients: readonly DatabaseClient[];
  readonly network: FunctionSubnets;
  /** Alias of the key that the users' secrets are encrypted with. */
  readonly secretsKeyAlias: string;
  /** Days after which the administrator's password is replaced, where RDS does not. Default: 7, as RDS has it. */
  readonly masterRotationDays?: number;
  /** Policy that bounds the roles. Default: none. */
  readonly permissionsBoundaryArn?: Input<string>;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

export type DatabaseUsersSpec = Required<
  Omit<DatabaseUsersArgs, "permissionsBoundaryArn" | "cluster">
> &
  Pick<DatabaseUsersArgs, "permissionsBoundaryArn"> & {
    readonly cluster: DatabaseCluster & { readonly masterSecretArn: Input<string> };
  };

const databaseUsersDefaults = { masterRotationDays: 7, tags: {} } as const;

/** A user in PostgreSQL, whose other one has `_clone` behind it. */
interface PlannedUser {
  readonly name: string;
  readonly database: string;
  /** Name of its secret. */
  readonly secretId: string;
}

/** A user for each service with a secret of that origin. */
export function plannedUsers({
  environment,
  clients,
}: Pick<DatabaseUsersArgs, "environment" | "clients">): PlannedUser[] {
  return clients.flatMap(({ name, database, secrets }) =>
    secrets
      .filter(({ origin }) => origin === "database-user")
      .map((secret) => ({
        name: name.replaceAll("-", "_"),
        database: database ?? "",
        secretId: secretName(environment, name, secret.name),
      })),
  );
}

export function resolveDatabaseUsersArgs(name: string, args: DatabaseUsersArgs): DatabaseUsersSpec {
  const spec = { ...databaseUsersDefaults, ...args };
  const { masterSecretArn } = args.cluster;
  const problems = [...placeProblems(name, spec), ...userProblems(spec)];
  if (masterSecretArn === undefined)
    problems.push("cluster: got a copy of another region's, need the one that takes the writes");
  if (problems.length > 0 || masterSecretArn === undefined)
    throw new ArgsError("DatabaseUsers", name, problems);
  return { ...spec, cluster: { ...args.cluster, masterSecretArn } };
}

/** Before it is known whether there is an administrator. */
type Checked = DatabaseUsersArgs & Required<Pick<DatabaseUsersArgs, "masterRotationDays">>;

/** Function names have 64 characters at most, and the longest suffix takes 18. */
const longestName = 46;

function placeProblems(name: string, spec: Checked): string[] {
  const problems: string[] = [];
  if (!/^[a-z][a-z0-9-]*$/.test(name) || name.length > longestName)
    problems.push(
      `name: got "${name}", need at most ${longestName} lower-case letters, digits and hyphens: functions are named after it`,
    );
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(spec.region))
    problems.push(`region: got "${spec.region}", need a region such as us-west-2`);
  if (!/^(\d{12}|unassigned)$/.test(spec.accountId))
    problems.push(`accountId: got "${spec.accountId}", need 12 digits, or unassigned`);
  if (!Number.isInteger(spec.masterRotationDays) || spec.masterRotationDays < 1)
    problems.push(`masterRotationDays: got ${spec.masterRotationDays}, need 1 or more`);
  return problems;
}

function userProblems(spec: Checked): string[] {
  const { databases, clients } = spec;
  const problems = [
    ...repeated(databases).map((twice) => `databases: got "${twice}" twice, need each once`),
    ...databases
      .filter((database) => !/^[a-z][a-z0-9_]{0,31}$/.test(database))
      .map(
        (database) =>
          `databases: got "${database}", need at most 32 lower-case letters, digits and _, beginning with a letter`,
      ),
    ...databases
      .filter((database) => ["postgres", "rdsadmin", "template0", "template1"].includes(database))
      .map(
        (database) => `databases: got "${database}", which is PostgreSQL's own, need another name`,
      ),
  ];
  if (databases.length === 0) problems.push("databases: got none, need at least one");
  for (const { name, database } of clients) {
    if (database === undefined || databases.includes(database)) continue;
    problems.push(
      `clients.${name}.database: got "${database}", need one of databases: ${databases.join(", ")}`,
    );
  }
  for (const twice of repeated(plannedUsers(spec).map((user) => user.name)))
    problems.push(
      `clients: make the user "${twice}" twice, need one secret of origin database-user per service, and names that differ in more than - and _`,
    );
  for (const { name, database, secrets } of clients)
    if (database === undefined && secrets.some(({ origin }) => origin === "database-user"))
      problems.push(`clients.${name}.database: got none, need the database of its user`);
  return problems;
}
