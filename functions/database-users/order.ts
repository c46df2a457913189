/** What there is to be. */
export interface Order {
  readonly host: string;
  readonly port: number;
  readonly masterSecretId: string;
  /** False where secrets are replicas: what they say is made, and they stay as they are. */
  readonly writes: boolean;
  readonly databases: readonly string[];
  readonly users: readonly OrderedUser[];
}

export interface OrderedUser {
  readonly name: string;
  readonly database: string;
  readonly secretId: string;
}

const nameShape = /^[a-z][a-z0-9_]{0,55}$/;

/** @throws Error with every problem. */
export function readOrder(event: unknown): Order {
  const { host, port, masterSecretId, writes, databases, users } = fields(event);
  const names: unknown[] = Array.isArray(databases) ? databases : [];
  const wanted = (Array.isArray(users) ? users : []).map(fields);
  const problems = [
    ...(isText(host) ? [] : ["host: need a name"]),
    ...(typeof port === "number" ? [] : ["port: need a number"]),
    ...(isText(masterSecretId) ? [] : ["masterSecretId: need a secret"]),
    ...(typeof writes === "boolean" ? [] : ["writes: need true or false"]),
    ...(names.length > 0 ? [] : ["databases: need at least one"]),
    ...names.filter((name) => !isName(name)).map((name) => `databases: got ${String(name)}`),
    ...wanted.flatMap(({ name, database, secretId }) => [
      ...(isName(name) ? [] : [`users: got the name ${String(name)}`]),
      ...(names.includes(database) ? [] : [`users: got the database ${String(database)}`]),
      ...(isText(secretId) ? [] : [`users: got no secret for ${String(name)}`]),
    ]),
  ];
  if (problems.length > 0) throw new Error(["the order was refused:", ...problems].join("\n  - "));
  return event as Order;
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isName(value: unknown): boolean {
  return typeof value === "string" && nameShape.test(value);
}
