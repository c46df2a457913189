import { snapshot, unknownValue } from "./known";
import { matchesWildcard } from "./pattern";
import { type Tree, isTree } from "./is-tree";

export interface Principal {
  /** AWS, Service, Federated, CanonicalUser; "*" for everybody. */
  readonly kind: string;
  readonly value: string;
}
interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A statement of an IAM policy document, with every list spelled as a list. */
export interface Statement {
  /** How a message names it: by Sid, else by its place, counted from 1. */
  readonly label: string;
  readonly allows: boolean;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly principals: readonly Principal[];
  /** NotPrincipal: everybody but those. */
  readonly excludesPrincipals: boolean;
  readonly conditions: readonly Condition[];
  /** True if a preview leaves a part of it open, so that a missing condition may yet be there. */
  readonly incomplete: boolean;
}

/**
 * The statements of a policy document given as JSON text or as an object.
 * "unreadable" if the text is no JSON object; undefined if there is none, or a preview does not know it yet.
 */
export function readDocument(read: () => unknown): readonly Statement[] | "unreadable" | undefined {
  const value = snapshot(read);
  if (value === undefined || value === null || value === unknownValue) return undefined;
  const document = typeof value === "string" ? parseObject(value) : value;
  if (!isTree(document)) return "unreadable";
  return asList(document["Statement"]).filter(isTree).map(readStatement);
}

function parseObject(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readStatement(statement: Tree, index: number): Statement {
  const sid = statement["Sid"];
  return {
    label: typeof sid === "string" && sid !== "" ? `statement "${sid}"` : `statement ${index + 1}`,
    allows: statement["Effect"] === "Allow",
    actions: texts(statement["Action"]),
    notActions: texts(statement["NotAction"]),
    resources: texts(statement["Resource"]),
    notResources: texts(statement["NotResource"]),
    principals: readPrincipals(statement["Principal"]),
    excludesPrincipals: statement["NotPrincipal"] !== undefined,
    conditions: readConditions(statement["Condition"]),
    incomplete: hasOpenPart(statement),
  };
}

function readPrincipals(value: unknown): Principal[] {
  if (value === "*") return [{ kind: "*", value: "*" }];
  if (!isTree(value)) return [];
  return Object.keys(value).flatMap((kind) =>
    texts(value[kind]).map((text) => ({ kind: text === "*" ? "*" : kind, value: text })),
  );
}

function readConditions(value: unknown): Condition[] {
  if (!isTree(value)) return [];
  return Object.keys(value).flatMap((operator) => {
    const keys = value[operator];
    if (!isTree(keys)) return [];
    return Object.keys(keys).map((key) => ({ operator, key, values: texts(keys[key]) }));
  });
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

/** Booleans and numbers are legal condition values; they count as their text. */
function texts(value: unknown): string[] {
  return asList(value)
    .filter((item) => ["string", "boolean", "number"].includes(typeof item))
    .map(String);
}

function hasOpenPart(value: unknown): boolean {
  if (value === unknownValue) return true;
  if (Array.isArray(value)) return value.some(hasOpenPart);
  return isTree(value) && Object.values(value).some(hasOpenPart);
}

/** Whether a statement grants an action, by name or by a wildcard of its own. */
export function grants({ allows, actions, notActions }: Statement, action: string): boolean {
  if (!allows) return false;
  if (notActions.length > 0) return !notActions.some((pattern) => matchesWildcard(pattern, action));
  return actions.some((pattern) => matchesWildcard(pattern, action));
}

/** `*`, or an ARN that leaves service, or resource, wholly open: arn:aws:iam::…:role/*, arn:aws:s3:::*. */
export function isWide(resource: string): boolean {
  if (/^\*+$/.test(resource)) return true;
  const [arn, , service, , , ...rest] = resource.split(":");
  if (arn !== "arn" || service === undefined) return false;
  if (/^[*?]+$/.test(service)) return true;
  const path = rest.join(":");
  if (/^[*/?]+$/.test(path)) return true;
  if (namesNoKind.includes(service)) return false;
  return /^[\w-]+[/:][*/?]+$/.test(path) || matchesKind(/^[^/:]*/.exec(path)?.[0] ?? "");
}

/** Their ARNs name no kind: what stands first is the bucket, topic or queue itself. */
const namesNoKind = ["s3", "sns", "sqs"];
const kinds = [
  "role",
  "user",
  "group",
  "policy",
  "secret",
  "parameter",
  "key",
  "function",
  "table",
];

/** `role*` and `r?le` reach every role: the wildcard stands where the kind ends, or inside of it. */
function matchesKind(firstPart: string): boolean {
  return /[*?]/.test(firstPart) && kinds.some((kind) => matchesWildcard(firstPart, kind));
}

/** Whether a statement reaches every resource of a kind. */
export function reachesEverything(statement: Statement, wide = isWide): boolean {
  return statement.notResources.length > 0 || statement.resources.some(wide);
}

/** Operators that hold only if the key is there and equals something. */
const binding =
  /^(?:ForAnyValue:)?(?:String(?:Equals|EqualsIgnoreCase|Like)|Arn(?:Equals|Like)|Bool|Numeric(?:Equals|LessThan|LessThanEquals))$/i;

/** Whether a condition on one of these keys (patterns) narrows the statement; `…IfExists` and `*` do not. */
export function isBoundBy({ conditions }: Statement, keys: readonly string[]): boolean {
  return conditions.some(({ operator, key, values }) => {
    if (!keys.some((pattern) => matchesWildcard(pattern, key))) return false;
    // That a tag is there says who made the resource; that another key is there says nothing.
    if (/^Null$/i.test(operator))
      return /:ResourceTag\//i.test(key) && values.every((value) => value === "false");
    return binding.test(operator) && values.length > 0 && values.every((v) => narrows(key, v));
  });
}

const identifyingKeys =
  /^(aws:(Principal|Source|Resource)(Account|OrgID)|sts:ExternalId|aws:(Principal|Source|Resource)OrgPaths)$/i;

/** A value of a condition that leaves the account or organisation open binds nobody. */
function narrows(key: string, value: string): boolean {
  if (/^[*?]+$/.test(value)) return false;
  // Behind the organisation's own id a path may end in any of its units.
  if (/OrgPaths$/i.test(key)) return /^o-[^*?/]+\//.test(value);
  if (identifyingKeys.test(key)) return !/[*?]/.test(value);
  if (/^aws:(Source|Principal)Arn$/i.test(key)) {
    const [, , , , account = "", resource = ""] = value.split(":");
    return account === "" ? /^[^*?]/.test(resource) : !/[*?]/.test(account);
  }
  return true;
}
