/** What one run does: its steps, one after the other, each of which has to hold. */
export interface CanaryPlan {
  /** Of the canary, as people know it. */
  readonly name: string;
  readonly steps: readonly Step[];
  /** Needed by steps that are signed in. */
  readonly signIn?: SignIn;
}

/** One request, and what its answer has to be. No redirect is followed. */
export interface Step {
  readonly name: string;
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly expectedStatus: number;
  /** Part of the body. */
  readonly expectedText?: string;
  /** Where a redirect has to lead. */
  readonly redirectsTo?: string;
  /** An answer that takes longer is no answer. */
  readonly slowAfterMilliseconds: number;
  /** For how many days the certificate must still be good. */
  readonly leastCertificateDays?: number;
  /** JSON that is sent. */
  readonly body?: string;
  /** With a token of the user pool. */
  readonly signedIn?: boolean;
}

/** Whom the canary is in the user pool. */
export interface SignIn {
  /** Of the pool's API: https://cognito-idp.REGION.amazonaws.com/ */
  readonly endpoint: string;
  readonly clientId: string;
  /** In Secrets Manager: a JSON object with "username" and "password". */
  readonly secretId: string;
}

type Tree = Readonly<Record<string, unknown>>;

/** @throws Error with everything that is wrong: a run that asks for nothing must not look like one that found all well. */
export function parsePlan(text: string | undefined): CanaryPlan {
  const plan = asTree(text);
  const steps = Array.isArray(plan["steps"]) ? (plan["steps"] as unknown[]) : [];
  const problems = [
    ...(isText(plan["name"]) ? [] : ["name: need a name"]),
    ...(steps.length > 0 ? [] : ["steps: need at least one"]),
    ...steps.flatMap((step, index) => stepProblems(`steps[${index}]`, step, plan)),
    ...signInProblems(plan["signIn"]),
  ];
  if (problems.length > 0)
    throw new Error(["CANARY_PLAN was refused:", ...problems].join("\n  - "));
  return plan as unknown as CanaryPlan;
}

function asTree(text = ""): Tree {
  try {
    const value: unknown = JSON.parse(text);
    if (isTree(value)) return value;
  } catch {
    // Told below, together with what it should have been.
  }
  throw new Error("CANARY_PLAN was refused: need a JSON object");
}

function stepProblems(path: string, step: unknown, plan: Tree): string[] {
  if (!isTree(step)) return [`${path}: need an object`];
  const problems: string[] = [];
  if (!isText(step["name"])) problems.push(`${path}.name: need a name`);
  if (step["method"] !== "GET" && step["method"] !== "POST")
    problems.push(`${path}.method: need GET or POST`);
  if (!isAddress(step["url"])) problems.push(`${path}.url: need http:// or https://`);
  if (!isCount(step["expectedStatus"], 100, 599))
    problems.push(`${path}.expectedStatus: need 100 to 599`);
  if (!isCount(step["slowAfterMilliseconds"], 1, 300_000))
    problems.push(`${path}.slowAfterMilliseconds: need 1 to 300000`);
  if (step["redirectsTo"] !== undefined && !isAddress(step["redirectsTo"]))
    problems.push(`${path}.redirectsTo: need http:// or https://`);
  for (const key of ["expectedText", "body"])
    if (step[key] !== undefined && !isText(step[key])) problems.push(`${path}.${key}: need text`);
  if (step["leastCertificateDays"] !== undefined && !isCount(step["leastCertificateDays"], 1, 365))
    problems.push(`${path}.leastCertificateDays: need 1 to 365`);
  if (step["signedIn"] === true && plan["signIn"] === undefined)
    problems.push(`${path}.signedIn: need signIn of the plan`);
  return problems;
}

function signInProblems(signIn: unknown): string[] {
  if (signIn === undefined) return [];
  if (!isTree(signIn)) return ["signIn: need an object"];
  return ["endpoint", "clientId", "secretId"]
    .filter((key) => !isText(signIn[key]))
    .map((key) => `signIn.${key}: need text`);
}

function isAddress(value: unknown): boolean {
  return isText(value) && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

function isCount(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
