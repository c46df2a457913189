import { PutSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { randomUUID } from "node:crypto";
import { type Client, escapeIdentifier } from "pg";
import { isFilled, loginOf, otherUser, readSecret } from "../shared/database-secret";
import {
  accepts,
  ensureGroup,
  ensureMembership,
  ensureUser,
  newPassword,
  ownerOf,
  usersGroup,
  withConnection,
} from "../shared/postgres";
import { enterAsMaster } from "./master";
import type { Order, OrderedUser } from "./order";

/** By name of the user, in order. */
export interface Outcome {
  /** With a secret that was empty before. */
  readonly made: readonly string[];
  /** Refused before, as after a restore: they have again what their secret says. */
  readonly repaired: readonly string[];
  readonly unchanged: readonly string[];
  /** Their secret in another region is empty still. */
  readonly waiting: readonly string[];
  /** Nobody asks for them any more: they cannot log in. */
  readonly retired: readonly string[];
}

type Fate = Exclude<keyof Outcome, "retired">;

interface Work {
  readonly order: Order;
  readonly secrets: SecretsManagerClient;
  /** As the administrator, in the database that is always there. */
  readonly client: Client;
}

/** Two runs at a time would make what the other has just looked for. */
const lock = 7_281_055;

/** Every step looks first, so that a run that was cut off is made good by the next one. */
export async function makeUsers(order: Order, secrets: SecretsManagerClient): Promise<Outcome> {
  const master = await enterAsMaster(order, secrets);
  return withConnection(master, async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [lock]);
    await ensureGroup(client, usersGroup);
    for (const database of order.databases) await ensureDatabase(client, database);
    const fates: [string, Fate][] = [];
    for (const user of order.users)
      fates.push([user.name, await settle({ order, secrets, client }, user)]);
    const those = (fate: Fate): string[] =>
      fates.filter(([, one]) => one === fate).map(([name]) => name);
    return {
      made: those("made"),
      repaired: those("repaired"),
      unchanged: those("unchanged"),
      waiting: those("waiting"),
      retired: await retire(client, order),
    };
  });
}

/** Its owner is a role that nobody logs in as; nobody else gets in, and names of other databases are all that is seen. */
async function ensureDatabase(client: Client, database: string): Promise<void> {
  const [name, owner] = [escapeIdentifier(database), escapeIdentifier(ownerOf(database))];
  await ensureGroup(client, ownerOf(database));
  // Only a member of the owner may give it a database.
  await client.query(`GRANT ${owner} TO CURRENT_USER`);
  const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [
    database,
  ]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${name} OWNER ${owner}`);
  await client.query(`ALTER DATABASE ${name} OWNER TO ${owner}`);
  await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  await client.query("REVOKE ALL ON DATABASE postgres FROM PUBLIC");
}

async function settle(work: Work, user: OrderedUser): Promise<Fate> {
  const { order, secrets, client } = work;
  const value = await readSecret(secrets, user.secretId);
  if (!isFilled(value)) return order.writes ? make(work, user) : "waiting";
  const { username = "", password = "" } = value;
  if (username !== user.name && username !== otherUser(user.name))
    throw new Error(`secret ${user.secretId}: is of another user than ${user.name}`);
  const login = { ...loginOf({ ...value, ...place(work, user) }), username, password };
  const fate = (await accepts(login)) ? "unchanged" : "repaired";
  const kept = { name: username, database: user.database, password };
  await (fate === "unchanged" ? ensureMembership(client, kept) : ensureUser(client, kept));
  await writePlace(work, user, value);
  return fate;
}

/** First the user, then the secret: cut off in between, the next run gives it another password. */
async function make(work: Work, user: OrderedUser): Promise<Fate> {
  const password = newPassword();
  await ensureUser(work.client, { name: user.name, database: user.database, password });
  await put(work, user, { ...place(work, user), username: user.name, password });
  return "made";
}

/** What the function that rotates needs beside name and password. */
function place({ order }: Work, { database }: OrderedUser): Record<string, string> {
  const { host, port, masterSecretId } = order;
  return {
    ...{ engine: "postgres", host, port: `${port}`, dbname: database },
    masterarn: masterSecretId,
  };
}

/** Another cluster, as after a restore to a new one, is written into the secret. */
async function writePlace(
  work: Work,
  user: OrderedUser,
  value: Readonly<Record<string, string>>,
): Promise<void> {
  const now = place(work, user);
  const differs = Object.entries(now).some(([key, text]) => value[key] !== text);
  if (work.order.writes && differs) await put(work, user, { ...value, ...now });
}

async function put({ secrets }: Work, user: OrderedUser, value: object): Promise<void> {
  await secrets.send(
    new PutSecretValueCommand({
      SecretId: user.secretId,
      ClientRequestToken: randomUUID(),
      SecretString: JSON.stringify(value),
    }),
  );
}

/** Users of ours that the order does not name; what they own belongs to their database. */
async function retire(client: Client, { users }: Order): Promise<string[]> {
  const wanted = new Set(users.flatMap(({ name }) => [name, otherUser(name)]));
  const { rows } = await client.query<{ name: string }>(
    `SELECT login.rolname AS name FROM pg_auth_members AS membership
       JOIN pg_roles AS grouped ON grouped.oid = membership.roleid
       JOIN pg_roles AS login ON login.oid = membership.member
      WHERE grouped.rolname = $1 AND login.rolcanlogin AND login.rolname <> current_user
      ORDER BY 1`,
    [usersGroup],
  );
  const unwanted = rows.map(({ name }) => name).filter((name) => !wanted.has(name));
  for (const name of unwanted)
    await client.query(`ALTER ROLE ${escapeIdentifier(name)} NOLOGIN PASSWORD NULL`);
  return unwanted;
}
