import { z } from "zod";
import { type Answer, ask } from "./cloud";
import type { Engine, Ran } from "./engine";
import type { LockReader } from "./stack-locks";

/** What a `pulumi up` of a change of regions would meet. */
export interface StackFinding {
  readonly verdict: "ok" | "blocks" | "lacks" | "unknown";
  readonly text: string;
}

export interface StackAccess {
  readonly engine: Engine;
  readonly readLock: LockReader;
  /** Why a person goes on without looking. */
  readonly skip?: string;
}

export interface StackRequest {
  readonly access: StackAccess;
  readonly project: string;
  readonly stack: string;
}

/** The npm package fetches the engine where it was never used. */
const signInSeconds = 120;
const exportSeconds = 60;
/** The preview of 248 resources took 9 s (ARCHITECTURE.md, "How the program is loaded"). */
const previewSeconds = 180;

/** The policies that `pulumi up` is held to. */
export const policyArguments = (stack: string): string[] => [
  ...["--policy-pack", "policy", "--policy-pack-config", `policy/levels/${stack}.json`],
];

/** Whether its state is at rest, and its program asks for what is there. Changes nothing, decrypts nothing. */
export async function readStack(request: StackRequest): Promise<StackFinding> {
  const { access, stack } = request;
  if (access.skip !== undefined) return { verdict: "lacks", text: `not looked at: ${access.skip}` };
  try {
    return (await inUse(request)) ?? (await interrupted(request)) ?? (await changes(request));
  } catch (error) {
    if (error instanceof Unclear) return error.finding;
    return unknown(`what pulumi says of ${stack} cannot be read`);
  }
}

/** Ends the reading with what is known then. */
class Unclear extends Error {
  constructor(readonly finding: StackFinding) {
    super(finding.text);
  }
}

const unknown = (text: string): StackFinding => ({
  ...{ verdict: "unknown", text: `${text}; --skip-preview "why" goes on without` },
});
const blocks = (text: string): StackFinding => ({ verdict: "blocks", text });

/** @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/util/cmdutil/exit.go: stable, it says. */
const exitCodes = { signIn: 3, noStack: 6 };

/** Pulumi's words are matched, never repeated: they may quote what a program was given. */
function refusal({ code, stderr }: Ran, stack: string, otherwise: StackFinding): StackFinding {
  if (code === "missing") return unknown("there is no pulumi here: npm ci, or another machine");
  if (code === "late") return unknown("pulumi did not answer in time");
  if (code === exitCodes.signIn)
    return unknown("nobody is signed in to pulumi: PULUMI_BACKEND_URL, or npx pulumi login");
  if (code === exitCodes.noStack) return blocks(`there is no stack ${stack}`);
  if (/currently locked by|Another update is currently in progress/.test(stderr))
    return blocks(`in use: wait, or ${cancelled(stack)}`);
  return otherwise;
}

const cancelled = (stack: string): string =>
  `npx pulumi cancel --stack ${stack} once nobody works on it`;

async function inUse({ access, project, stack }: StackRequest): Promise<StackFinding | undefined> {
  const ran = await access.engine(["whoami", "--json"], signInSeconds);
  if (ran.code !== 0)
    throw new Unclear(
      refusal(ran, stack, unknown("the store of the state does not answer: PULUMI_BACKEND_URL")),
    );
  const { url } = z.looseObject({ url: z.string() }).parse(JSON.parse(ran.stdout));
  const lock: Answer<Awaited<ReturnType<LockReader>>> = await ask(() =>
    access.readLock(url, { project, stack }),
  );
  if ("refusal" in lock)
    return unknown(`whether it is in use: ${lock.refusal.meaning} (${lock.refusal.name})`);
  if (lock.value === "unread") return unknown("locks of this kind of store cannot be read");
  if (lock.value === "none") return undefined;
  return blocks(`in use by ${lock.value.owner}: wait, or ${cancelled(stack)}`);
}

const stateSchema = z.looseObject({
  deployment: z.looseObject({
    pending_operations: z
      .array(z.looseObject({ type: z.string(), resource: z.looseObject({ urn: z.string() }) }))
      .optional(),
  }),
});

async function interrupted({ access, stack }: StackRequest): Promise<StackFinding | undefined> {
  const ran = await access.engine(["stack", "export", "--stack", stack], exportSeconds);
  if (ran.code !== 0) throw new Unclear(refusal(ran, stack, unknown("its state cannot be read")));
  const { deployment } = stateSchema.parse(JSON.parse(ran.stdout));
  const pending = deployment.pending_operations ?? [];
  if (pending.length === 0) return undefined;
  const names = pending.map(({ type, resource }) => `${type} ${nameOf(resource.urn)}`);
  return blocks(
    `${pending.length} interrupted: ${some(names)}; look in AWS what became of them, then npx pulumi refresh --stack ${stack}`,
  );
}

const previewSchema = z.looseObject({
  steps: z.array(z.looseObject({ op: z.string(), urn: z.string() })).default([]),
  changeSummary: z.record(z.string(), z.number()),
});

async function changes({ access, stack }: StackRequest): Promise<StackFinding> {
  const ran = await access.engine(
    ["preview", "--json", "--stack", stack, ...policyArguments(stack)],
    previewSeconds,
  );
  if (ran.code !== 0)
    return refusal(
      ran,
      stack,
      blocks(`its preview fails, and so would a deployment: npx pulumi preview --stack ${stack}`),
    );
  const { steps, changeSummary } = previewSchema.parse(JSON.parse(ran.stdout));
  const counts = Object.entries(changeSummary).filter(([op]) => op !== "same" && op !== "read");
  if (counts.length === 0) return { verdict: "ok", text: "at rest; its preview shows no change" };
  const text = `its preview shows ${counts.map(([op, count]) => `${count} to ${op}`).join(", ")}`;
  const removed = new Set(
    steps.flatMap(({ op, urn }) => (/delete|replace/.test(op) ? [nameOf(urn)] : [])),
  );
  return removed.size === 0
    ? { verdict: "lacks", text }
    : blocks(`${text}; a deployment would take away ${some([...removed])}`);
}

/** urn:pulumi:STACK::PROJECT::PARENTS$aws:rds/cluster:Cluster::NAME */
function nameOf(urn: string): string {
  const [type = "", name = ""] = urn.split("::").slice(-2);
  return `${type.split(":").at(-1) ?? type} ${name}`;
}

const namedAtMost = 5;

function some(names: readonly string[]): string {
  const more = names.length - namedAtMost;
  return [...names.slice(0, namedAtMost), ...(more > 0 ? [`${more} more`] : [])].join(", ");
}
