/** A statement of a policy of IAM, as far as ours use it. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

export interface Request {
  readonly action: string;
  readonly resource: string;
  /** Values of condition keys; a key that is not there is absent from the request. */
  readonly context?: Readonly<Record<string, string>>;
}

const list = (value: string | readonly string[]): readonly string[] =>
  typeof value === "string" ? [value] : value;

function matches(pattern: string, value: string): boolean {
  const expression = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${expression}$`, "i").test(value);
}

const oneOf = (patterns: string | readonly string[], value: string): boolean =>
  list(patterns).some((pattern) => matches(pattern, value));

/** Only the operators that our policies use; another one is a mistake of the test. */
function holds(operator: string, expected: string | readonly string[], given?: string): boolean {
  switch (operator) {
    case "StringEquals":
      return given !== undefined && list(expected).includes(given);
    case "Null":
      return (given === undefined) === (list(expected)[0] === "true");
    default:
      throw new Error(`no such operator here: ${operator}`);
  }
}

function applies(statement: Statement, { action, resource, context = {} }: Request): boolean {
  const { Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  if (Action !== undefined && !oneOf(Action, action)) return false;
  if (NotAction !== undefined && oneOf(NotAction, action)) return false;
  if (Resource !== undefined && !oneOf(Resource, resource)) return false;
  if (NotResource !== undefined && oneOf(NotResource, resource)) return false;
  return Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, expected]) => holds(operator, expected, context[key])),
  );
}

/** Whether a policy, alone, lets a request through: something allows it and nothing refuses it. */
export function allows(statements: readonly Statement[], request: Request): boolean {
  const those = statements.filter((statement) => applies(statement, request));
  return (
    those.some(({ Effect }) => Effect === "Allow") && !those.some(({ Effect }) => Effect === "Deny")
  );
}
