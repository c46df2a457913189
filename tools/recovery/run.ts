import { drawTable } from "../terminal/table";
import { type CheckRequest, type Finding, runChecks } from "./checks";
import { refusalOf } from "./cloud";
import type { Journal } from "./journal";
import { RecoveryError, shortestReason } from "./recovery-error";
import { failbackSteps, failoverSteps, type Step, type StepContext } from "./steps";

export interface ShowRequest extends CheckRequest {
  readonly say: (line: string) => void;
}

/** Exit code 1 when anything is not as it should be. */
export async function check(request: ShowRequest): Promise<0 | 1> {
  const findings = await show(request);
  return findings.every(({ verdict }) => verdict === "ok") ? 0 : 1;
}

async function show(request: ShowRequest): Promise<Finding[]> {
  const findings = await runChecks(request);
  const rows = findings.map(({ name, verdict, text }) => [name, verdict, text]);
  for (const line of drawTable([["check", "", "seen"], ...rows])) request.say(line);
  return findings;
}

export interface ChangeRequest extends ShowRequest {
  readonly context: StepContext;
  readonly journal: Journal;
  /** Does each step; else they are printed. */
  readonly execute: boolean;
  /** Why something unsafe is to be done all the same. */
  readonly force: string | undefined;
  /** Steps of which a person says that they are done. */
  readonly did: readonly string[];
  readonly clock: () => Date;
}

/** Whoever runs it again goes on where it ended; what is done already is not done again. */
export async function change(request: ChangeRequest): Promise<0 | 1> {
  const { context, journal, execute, say } = request;
  const steps = journal.content.direction === "failover" ? failoverSteps : failbackSteps;
  const unknown = request.did.filter((id) => !steps.some((step) => step.id === id));
  if (unknown.length > 0)
    throw new RecoveryError("an unknown step", [
      `--did: got ${unknown.join(", ")}, need some of ${steps.map(({ id }) => id).join(", ")}`,
    ]);
  if (execute && request.stacks.skip !== undefined) journal.skip(request.stacks.skip);
  const findings = await show(request);
  const unsafe = unsafeOf(request, findings);
  if (!execute) {
    for (const [index, step] of steps.entries()) print(say, step, { index, context });
    say("printed alone: --execute does them, and goes on where it was interrupted");
    for (const problem of unsafe) say(`would be refused: ${problem}`);
    return unsafe.length === 0 ? 0 : 1;
  }
  refuse(request, unsafe);
  const beside: Promise<void>[] = [];
  for (const [index, step] of steps.entries()) {
    print(say, step, { index, context });
    const done = perform(request, step);
    // Its failure is thrown at the end; until then nobody waits for it.
    done.catch(() => undefined);
    if (step.beside) beside.push(done);
    else await done;
  }
  await Promise.all(beside);
  const seconds = (request.clock().getTime() - Date.parse(journal.content.startedAt)) / 1000;
  say(
    `${journal.content.direction} done, ${(seconds / 60).toFixed(1)} min after it began · ${journal.path}`,
  );
  return 0;
}

/** What does harm; what would only be missing is told, for whoever decides. */
function unsafeOf({ context, journal, to }: ChangeRequest, findings: readonly Finding[]): string[] {
  const { accountId, standby } = context.sides;
  // Whoever goes on after the promotion is told of a copy that follows nobody any more: that was the point.
  const isPromoted = journal.content.steps[`promote-${to}`]?.endedAt !== undefined;
  const harmful = findings.filter(
    ({ name, verdict }) =>
      verdict === "blocks" || (verdict === "unknown" && /^(writers|lag|stack )/.test(name)),
  );
  return [
    ...(accountId === undefined
      ? [`Pulumi.${standby.name}.yaml: aws:allowedAccountIds: unassigned, need the account`]
      : []),
    ...(isPromoted ? [] : harmful.map(({ name, text }) => `${name}: ${text}`)),
  ];
}

/** @throws RecoveryError for what is unsafe, unless somebody says why it has to be. */
function refuse({ context, journal, force, say }: ChangeRequest, unsafe: readonly string[]): void {
  if (unsafe.length === 0) return;
  const canForce = context.sides.accountId !== undefined;
  if (!canForce || force === undefined || force.trim().length < shortestReason)
    throw new RecoveryError("refused", [
      ...unsafe,
      ...(canForce
        ? [
            `--force "why" does it all the same; the reason, ${shortestReason} letters or more, is kept in the journal`,
          ]
        : []),
    ]);
  journal.force(force);
  say(`FORCED although ${unsafe.length} finding(s) speak against it: ${force}`);
}

function print(
  say: (line: string) => void,
  { title, commands }: Step,
  { index, context }: { readonly index: number; readonly context: StepContext },
): void {
  say(`${index + 1}. ${title}`);
  for (const command of commands(context)) say(`     ${command}`);
}

async function perform(request: ChangeRequest, step: Step): Promise<void> {
  const { context, journal, clock, say, did } = request;
  const known = journal.content.steps[step.id]?.endedAt !== undefined;
  const isDone = async (): Promise<boolean> => (await step.isDone?.(context)) ?? known;
  try {
    if (did.includes(step.id) || (await isDone())) {
      if (!known) journal.end(step.id, clock());
      say(`   ${step.id}: done before`);
      return;
    }
    journal.begin(step.id, clock());
    await step.act(context);
    const seconds = journal.end(step.id, clock());
    say(`   ${step.id}: done in ${seconds.toFixed(0)} s`);
  } catch (error) {
    if (error instanceof RecoveryError) throw error;
    const { name, meaning } = refusalOf(error);
    throw new RecoveryError(`${step.id} was not done`, [
      `${meaning} (${name}); run it again to go on`,
    ]);
  }
}
