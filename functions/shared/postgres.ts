import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Client, escapeIdentifier, escapeLiteral } from "pg";

/** Who connects, and where to. */
export interface Login {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly dbname: string;
}

const connectSeconds = 10;
const statementSeconds = 60;

/**
 * Runs `work` on a connection of its own, encrypted; the server has to prove that it is this host by a certificate of the
 * file beside the function, or of DATABASE_CA_FILE.
 */
export async function withConnection<T>(
  { host, port, username, password, dbname }: Login,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const file = process.env["DATABASE_CA_FILE"] ?? join(__dirname, "database-ca.pem");
  const client = new Client({
    ...{ host, port, user: username, password, database: dbname },
    ssl: { ca: readFileSync(file, "utf8"), rejectUnauthorized: true },
    connectionTimeoutMillis: connectSeconds * 1000,
    statement_timeout: statementSeconds * 1000,
    application_name: "auterity-database-users",
  });
  // A connection that breaks between two statements is told by the next one.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** @see https://www.postgresql.org/docs/17/errcodes-appendix.html invalid_password, invalid_authorization_specification */
const refusals = ["28P01", "28000"];

/** Whether the login is accepted. @throws what else may keep from connecting. */
export async function accepts(login: Login): Promise<boolean> {
  try {
    return await withConnection(login, async (client) => {
      const { rows } = await client.query<{ name: string }>("SELECT session_user AS name");
      return rows[0]?.name === login.username;
    });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (refusals.includes(code)) return false;
    throw error;
  }
}

const passwordBytes = 30;

/** 240 bits, of letters, digits, - and _, so that it stands in a URL as it is. */
export function newPassword(): string {
  return randomBytes(passwordBytes).toString("base64url");
}

const iterations = 4096;

/**
 * What PostgreSQL keeps of a password. It is sent instead of it, so that no log of statements ever has a password.
 * @see https://www.postgresql.org/docs/17/catalog-pg-authid.html
 */
function passwordVerifier(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const keyed = (text: string): Buffer => createHmac("sha256", salted).update(text).digest();
  const stored = createHash("sha256").update(keyed("Client Key")).digest("base64");
  const server = keyed("Server Key").toString("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${stored}:${server}`;
}

/** Every user that we make is in it, so that those are found that nobody wants any more. */
export const usersGroup = "auterity_service_users";

/** Owns all that services make in a database, whichever of their users made it. */
export function ownerOf(database: string): string {
  return `${database}_owner`;
}

async function roleExists(client: Client, name: string): Promise<boolean> {
  const { rowCount } = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [name]);
  return rowCount === 1;
}

/** A role without login. */
export async function ensureGroup(client: Client, name: string): Promise<void> {
  if (!(await roleExists(client, name)))
    await client.query(`CREATE ROLE ${escapeIdentifier(name)} NOLOGIN`);
}

interface DatabaseUser {
  readonly name: string;
  readonly database: string;
  readonly password: string;
}

/** A user with this password, who is nobody else than the owner of its database. May be repeated. */
export async function ensureUser(client: Client, user: DatabaseUser): Promise<void> {
  const name = escapeIdentifier(user.name);
  const verb = (await roleExists(client, user.name)) ? "ALTER" : "CREATE";
  const verifier = escapeLiteral(passwordVerifier(user.password));
  await client.query(`${verb} ROLE ${name} LOGIN PASSWORD ${verifier}`);
  await ensureMembership(client, user);
}

export async function ensureMembership(
  client: Client,
  user: Pick<DatabaseUser, "name" | "database">,
): Promise<void> {
  const [name, owner] = [escapeIdentifier(user.name), escapeIdentifier(ownerOf(user.database))];
  await client.query(`GRANT ${owner}, ${escapeIdentifier(usersGroup)} TO ${name}`);
  // What one user makes the other must be able to change: they take turns.
  await client.query(`ALTER ROLE ${name} SET role TO ${owner}`);
}

/** The password of whoever is connected. */
export async function changeOwnPassword(client: Client, password: string): Promise<void> {
  await client.query(
    `ALTER ROLE CURRENT_USER PASSWORD ${escapeLiteral(passwordVerifier(password))}`,
  );
}
