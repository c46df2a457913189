import { attacks, type Attack, isAttack } from "./attacks";

/** What one run sends, and where to. */
export interface ProbePlan {
  /** Value of the metrics' dimension. */
  readonly environment: string;
  /** Origins, such as `https://api.platform.example`: each is sent every attack. */
  readonly origins: readonly string[];
  readonly attacks: readonly Attack[];
  /** Absent where no rate is limited. */
  readonly burst?: BurstPlan;
}

export interface BurstPlan {
  /** The limit is counted for all hosts together, so one of them is enough. */
  readonly origin: string;
  /** Sent at most before the wait for the refusal; more than the limit. */
  readonly requests: number;
}

/** More would be an attack, whatever a setting says. */
export const mostBurstRequests = 5000;

type Tree = Readonly<Record<string, unknown>>;

/** @throws Error with everything that is wrong: a check that sends nothing must not look like one that was refused. */
export function parsePlan(text: string | undefined): ProbePlan {
  const plan = asTree(text);
  const problems = [
    ...(isText(plan["environment"]) ? [] : ["environment: need a name"]),
    ...originProblems(plan["origins"]),
    ...attackProblems(plan["attacks"]),
    ...burstProblems(plan["burst"]),
  ];
  if (problems.length > 0) throw new Error(["PROBE_PLAN was refused:", ...problems].join("\n  - "));
  return plan as unknown as ProbePlan;
}

function asTree(text = ""): Tree {
  try {
    const value: unknown = JSON.parse(text);
    if (isTree(value)) return value;
  } catch {
    // Told below, together with what it should have been.
  }
  throw new Error("PROBE_PLAN was refused: need a JSON object");
}

function originProblems(origins: unknown): string[] {
  if (!Array.isArray(origins) || origins.length === 0) return ["origins: need at least one"];
  return (origins as unknown[])
    .filter((origin) => !isOrigin(origin))
    .map((origin) => `origins: got ${JSON.stringify(origin)}, need scheme and host alone`);
}

function attackProblems(names: unknown): string[] {
  if (!Array.isArray(names)) return ["attacks: need a list"];
  return (names as unknown[])
    .filter((name) => !isText(name) || !isAttack(name))
    .map(
      (name) =>
        `attacks: got ${JSON.stringify(name)}, need one of ${Object.keys(attacks).join(", ")}`,
    );
}

function burstProblems(burst: unknown): string[] {
  if (burst === undefined) return [];
  if (!isTree(burst)) return ["burst: need an object"];
  const { origin, requests } = burst;
  const problems: string[] = [];
  if (!isOrigin(origin))
    problems.push(`burst.origin: got ${JSON.stringify(origin)}, need scheme and host alone`);
  if (
    typeof requests !== "number" ||
    !Number.isInteger(requests) ||
    requests < 1 ||
    requests > mostBurstRequests
  )
    problems.push(
      `burst.requests: got ${JSON.stringify(requests)}, need 1 to ${mostBurstRequests}`,
    );
  return problems;
}

function isOrigin(value: unknown): value is string {
  if (!isText(value) || !URL.canParse(value)) return false;
  const { origin, protocol } = new URL(value);
  return origin === value && /^https?:$/.test(protocol);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
