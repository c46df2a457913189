import { readFileSync } from "node:fs";
import { Client } from "pg";
import { makeUsers } from "../../functions/database-users/make-users";
import type { Order } from "../../functions/database-users/order";
import { rotateUser, steps } from "../../functions/database-rotation/rotate-user";
import { loginOf } from "../../functions/shared/database-secret";
import { accepts, type Login, newPassword, withConnection } from "../../functions/shared/postgres";
import { bundleFunction } from "../../components/shared/function-code";
import { SecretStore } from "./database/secret-store";
import { startServer, type Server } from "./database/server";
import { onStage } from "./processes";
import type { Drill, DrillContext } from "./registry";

export const databaseDrill: Drill = {
  name: "database",
  summary: "users of the database made, cut off, rotated and repaired on a real PostgreSQL",
  run: (context) =>
    onStage("database", async (stage) => {
      const server = await startServer(stage);
      context.say(`PostgreSQL ${server.version}`);
      process.env["DATABASE_CA_FILE"] = server.certificates.own;
      const store = new SecretStore();
      const trial = { context, server, store, order: orderFor(server) };
      store.create(masterSecret, JSON.stringify({ ...server.master, first: "true" }));
      for (const { secretId } of trial.order.users) store.create(secretId);
      await tryMaking(trial);
      await tryWalls(trial);
      await tryCutOff(trial);
      await tryRotation(trial);
      await tryRepair(trial);
      await tryStranger(trial);
      tryLogs(trial);
      for (const name of ["database-users", "database-rotation"]) bundleFunction(name);
      context.held("both functions are bundled with all that they need");
    }),
};

interface Trial {
  readonly context: DrillContext;
  readonly server: Server;
  readonly store: SecretStore;
  readonly order: Order;
}

const masterSecret = "master";
const databases = ["auterity", "mlflow", "relaycore"];

function orderFor({ host, port }: Server): Order {
  const user = (name: string, database: string) => ({
    name,
    database,
    secretId: `${name}/database`,
  });
  return {
    ...{ host, port, masterSecretId: masterSecret, writes: true, databases },
    users: [
      user("automatrix_api", "auterity"),
      user("automatrix_worker", "auterity"),
      user("relaycore", "relaycore"),
    ],
  };
}

function loginFor({ store }: Trial, user: string): Login {
  return loginOf(store.valueOf(`${user}/database`));
}

function list(texts: readonly string[]): string {
  return texts.join(", ");
}

function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

async function tryMaking(trial: Trial): Promise<void> {
  const { context, order, store, server } = trial;
  const names = order.users.map(({ name }) => name);
  const first = await makeUsers(order, store.client);
  must(list(first.made) === list(names), `made ${list(first.made)}`);
  for (const name of names) must(await accepts(loginFor(trial, name)), `${name} is refused`);
  const old = { ...loginFor(trial, "relaycore"), ...server.master, dbname: "postgres" };
  must(!(await accepts(old)), "the first password of the administrator is good still");
  const before = names.map((name) => JSON.stringify(loginFor(trial, name)));
  const again = await makeUsers(order, store.client);
  must(list(again.unchanged) === list(names), `again: ${JSON.stringify(again)}`);
  const after = names.map((name) => JSON.stringify(loginFor(trial, name)));
  must(list(before) === list(after), "a second run changed secrets");
  context.held(
    `${databases.length} databases and ${names.length} users are made and fill their secrets; a second run changes nothing; the administrator's first password is dead`,
  );
}

async function tryWalls(trial: Trial): Promise<void> {
  const { context, order } = trial;
  let refused = 0;
  for (const { name, database } of order.users)
    for (const other of [...databases, "postgres"].filter((one) => one !== database)) {
      const code = await codeOf(() =>
        withConnection({ ...loginFor(trial, name), dbname: other }, () => Promise.resolve()),
      );
      must(code === "42501", `${name} in ${other}: ${code}`);
      refused += 1;
    }
  const code = await codeOf(() => run(loginFor(trial, "relaycore"), "CREATE ROLE intruder"));
  must(code === "42501", `a user may make users: ${code}`);
  await run(
    loginFor(trial, "automatrix_api"),
    "CREATE TABLE flows (id int); INSERT INTO flows VALUES (1)",
  );
  await run(loginFor(trial, "automatrix_worker"), "ALTER TABLE flows ADD COLUMN name text");
  context.held(
    `${refused} ways into another database are refused, and making users; services of one database change each other's tables`,
  );
}

/** Before and after each write, one user more each time, so that there is always one to make. */
async function tryCutOff(trial: Trial): Promise<void> {
  const { context, store } = trial;
  let cuts = 0;
  for (const when of ["before", "after"] as const)
    for (const countdown of [1, 2]) {
      const users = ["one", "two"].map((name) => {
        const user = `${name}_${when}_${countdown}`;
        store.create(`${user}/database`);
        return { name: user, database: `cut_${when}`, secretId: `${user}/database` };
      });
      const order = {
        ...trial.order,
        databases: [...databases, `cut_${when}`],
        users: [...trial.order.users, ...users],
      };
      store.failure = { countdown, when };
      const message = await makeUsers(order, store.client).then(
        () => "it ended well",
        (error: unknown) => String(error),
      );
      must(message.includes("cut off"), message);
      store.failure = undefined;
      await makeUsers(order, store.client);
      for (const { name } of order.users)
        must(await accepts(loginFor(trial, name)), `${name} is refused after the cut`);
      cuts += 1;
    }
  const { retired } = await makeUsers(trial.order, store.client);
  must(retired.length === 2, `retired ${list(retired)}`);
  must(!(await accepts(loginFor(trial, "one_after_2"))), "a user whom nobody wants logs in");
  context.held(
    `cut off ${cuts} times, before and after a write, the next run makes it good; users whom nobody names cannot log in`,
  );
}

async function rotate({ store }: Trial, secretId: string): Promise<void> {
  const token = store.announce(secretId);
  for (const step of steps)
    // Each twice, as after a timeout.
    for (let attempt = 0; attempt < 2; attempt += 1)
      await rotateUser({ SecretId: secretId, ClientRequestToken: token, Step: step }, store.client);
}

async function tryRotation(trial: Trial): Promise<void> {
  const { context } = trial;
  const secretId = "automatrix_api/database";
  const first = loginFor(trial, "automatrix_api");
  await withConnection(first, async (kept) => {
    await rotate(trial, secretId);
    const second = loginFor(trial, "automatrix_api");
    must(second.username === "automatrix_api_clone", `the turn is ${second.username}'s`);
    const { rows } = await kept.query<{ count: string }>("SELECT count(*) FROM flows");
    must(rows[0]?.count === "1", "the connection from before sees another table");
    must((await accepts(first)) && (await accepts(second)), "one of the two is refused");
    await run(second, "ALTER TABLE flows ADD COLUMN turn text; CREATE TABLE turns (id int)");
    await rotate(trial, secretId);
    const third = loginFor(trial, "automatrix_api");
    must(third.username === "automatrix_api", `the turn is ${third.username}'s`);
    must((await accepts(second)) && (await accepts(third)), "one of the two is refused");
    must(!(await accepts(first)), "the password before the last is good still");
    await run(third, "DROP TABLE turns");
    await kept.query("SELECT count(*) FROM flows");
  });
  const before = trial.store.valueOf(masterSecret)["password"];
  context.held(
    "two rotations, each step twice: the connection from before works on, of two users who take turns the last two are good and the one before them is refused; either changes what the other made",
  );
  must(before !== trial.server.master.password, "the administrator has its first password");
}

/** As after a restore to a point in time: the database has other passwords than the secrets. */
async function tryRepair(trial: Trial): Promise<void> {
  const { context, store, order } = trial;
  const login = loginFor(trial, "relaycore");
  await run(login, `SET ROLE NONE; ALTER ROLE relaycore PASSWORD '${newPassword()}'`);
  must(!(await accepts(login)), "the password is the same");
  const { repaired } = await makeUsers({ ...order, writes: false }, store.client);
  must(list(repaired) === "relaycore" && (await accepts(login)), `repaired ${list(repaired)}`);
  context.held(
    "a database with other passwords than the secrets gets those of the secrets, which stay",
  );
}

async function tryStranger(trial: Trial): Promise<void> {
  const { context, server } = trial;
  const login = loginFor(trial, "relaycore");
  process.env["DATABASE_CA_FILE"] = server.certificates.strange;
  const strange = await codeOf(() => run(login, "SELECT 1"));
  process.env["DATABASE_CA_FILE"] = server.certificates.own;
  const elsewhere = await codeOf(() => run({ ...login, host: "127.0.0.1" }, "SELECT 1"));
  must(/SELF_SIGNED|SIGNATURE|VERIFY/.test(strange), `a strange certificate: ${strange}`);
  must(elsewhere === "ERR_TLS_CERT_ALTNAME_INVALID", `another name: ${elsewhere}`);
  const { host, port, username: user, password, dbname: database } = login;
  const plain = new Client({ ...{ host, port, user, password, database }, ssl: false });
  const refused = await codeOf(() => plain.connect());
  must(refused === "28000", `in the clear: ${refused}`);
  context.held(
    "a strange certificate, one for another name, and a connection in the clear are refused",
  );
}

function tryLogs({ context, server, store }: Trial): void {
  const log = readFileSync(server.program.logFile, "utf8");
  const passwords = [...store.secrets.values()].flatMap((versions) =>
    [...versions.values()].flatMap(({ text }) => {
      const { password } = JSON.parse(text ?? "{}") as { password?: string };
      return password === undefined || password === server.master.password ? [] : [password];
    }),
  );
  const seen = passwords.filter((password) => log.includes(password));
  must(seen.length === 0, `${seen.length} passwords are in the server's log`);
  must(log.includes("SCRAM-SHA-256$"), "the log has no statements");
  context.held(`none of ${passwords.length} passwords is in the server's log of all statements`);
}

function run(login: Login, statement: string): Promise<unknown> {
  return withConnection(login, (client) => client.query(statement));
}

/** What an error is known by; empty if there was none. */
async function codeOf(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
    return "";
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  }
}
