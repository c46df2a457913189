import { join } from "node:path";
import type { ServiceRecord } from "../../components/shared/service-record";
import type { CostComparison } from "../costs/compare";
import { compareEstimates } from "../costs/compare";
import { estimateRun } from "../costs/run";
import { estimateVariants } from "../costs/variants";
import type { CostShare, Estimate } from "../costs/estimate";
import type { Mode } from "../offline/engine";
import { PolicyHost } from "../policies/policy-host";
import { quotaNotices } from "../quotas/quotas";
import type { PolicyServer } from "../policies/server-process";
import type { Verdict } from "../policies/verdict";
import { compareModes } from "./compare-modes";
import { countByType, type EnvironmentPlan, type OtherEnvironment } from "./environment-plan";
import { writeManifests } from "./manifests";
import { loadProgram, type Program, readEnvironments, type Run, runProgram } from "./program";
import { PlanError } from "./plan-error";
import type { StackFile } from "./stack-files";
import { readModes, type RecoveryModes, standsBy } from "../recovery/modes";
import { buildTree } from "./tree";
import { collectSecrets, redactor } from "./values";

export interface PlannerArgs {
  readonly directory: string;
  /** Environments to plan. */
  readonly stacks: readonly StackFile[];
  /** Environments only to compare with. */
  readonly others: readonly StackFile[];
  /** Absent to leave policies out. */
  readonly policyServer?: PolicyServer;
  /** Default: the program's own catalogue. */
  readonly services?: readonly ServiceRecord[];
  readonly progress: (step: string) => void;
  /** An earlier estimate of the one environment that is planned, and where it was read. */
  readonly compareWith?: { readonly source: string; readonly estimate: Estimate };
}

interface PlannedRuns {
  readonly known: Run;
  readonly unknown: Run;
  readonly verdict?: Promise<Verdict>;
  readonly recovery?: RecoveryModes;
  readonly redact: (text: string) => string;
  readonly costVariants: readonly CostShare[];
}

/** Plans each environment; policies are judged in the server's process while the program runs here. */
export async function planEnvironments(args: PlannerArgs): Promise<EnvironmentPlan[]> {
  const { directory, stacks, progress } = args;
  progress("loading the program");
  const program = loadProgram(directory);
  const services = args.services ?? program.services;
  await refuseClashes(program, [...stacks, ...args.others]);
  const host = args.policyServer && new PolicyHost(args.policyServer, join(directory, "policy"));
  try {
    const planned: PlannedRuns[] = [];
    for (const stack of stacks) {
      progress(`${stack.environment}: running the program`);
      planned.push(await runBothModes({ program, stack, services, host }));
    }
    const others = await runOthers(program, args.others, progress);
    progress("judging by policies");
    const plans: EnvironmentPlan[] = [];
    for (const runs of planned)
      plans.push(
        await conclude(runs, { services, others, planned, compareWith: args.compareWith }),
      );
    return plans;
  } finally {
    await host?.close();
  }
}

interface ModesArgs {
  readonly program: Program;
  readonly stack: StackFile;
  readonly services: readonly ServiceRecord[];
  readonly host: PolicyHost | undefined;
}

async function runBothModes({ program, stack, services, host }: ModesArgs): Promise<PlannedRuns> {
  const judging = await host?.begin(stack);
  const run = (mode: Mode): Promise<Run> =>
    runProgram({
      ...{ program, stack, services, mode },
      ...(judging && { onRegistration: judging.onRegistration[mode] }),
    });
  const known = await run("known");
  const unknown = await run("unknown");
  const secrets = new Set<string>();
  for (const { inputs } of known.registrations) collectSecrets(inputs, secrets);
  const redact = redactor(secrets);
  const variants = known.estimateSettings?.variants ?? {};
  const costVariants = await estimateVariants(program, stack, variants);
  const recovery = standsBy(stack) ? await readModes({ program, stack, services }) : undefined;
  const runs = { known, unknown, redact, costVariants, ...(recovery && { recovery }) };
  if (judging === undefined) return runs;
  const verdict = judging.conclude({ known, unknown }, redact);
  // Awaited at the end; a failure before that is not lost.
  verdict.catch(() => undefined);
  return { ...runs, verdict };
}

/** @throws PlanError with everything that is wrong between the environments. */
async function refuseClashes(program: Program, stacks: readonly StackFile[]): Promise<void> {
  const problems = program.crossEnvironmentProblems(await readEnvironments(program, stacks));
  if (problems.length === 0) return;
  throw new PlanError(["the environments were refused together:", ...problems].join("\n  - "));
}

async function runOthers(
  program: Program,
  stacks: readonly StackFile[],
  progress: (step: string) => void,
): Promise<OtherEnvironment[]> {
  const others: OtherEnvironment[] = [];
  for (const stack of stacks) {
    progress(`${stack.environment}: running the program to compare`);
    const { environment, settings } = stack;
    try {
      const run = await runProgram({ program, stack, mode: "known" });
      others.push({
        ...{ environment, settings, counts: countByType(run), planned: false, problem: "" },
        ...totalOf(estimateRun(run)),
      });
    } catch (error) {
      others.push({ environment, settings, planned: false, problem: (error as Error).message });
    }
  }
  return others;
}

interface Surroundings {
  readonly services: readonly ServiceRecord[];
  readonly others: readonly OtherEnvironment[];
  /** This environment's runs and those planned beside it. */
  readonly planned: readonly PlannedRuns[];
  readonly compareWith: PlannerArgs["compareWith"];
}

function totalOf(estimate: Estimate | undefined): Pick<OtherEnvironment, "monthlyUsd"> {
  return estimate === undefined ? {} : { monthlyUsd: estimate.monthlyUsd };
}

function costsOf(
  run: Run,
  compareWith: PlannerArgs["compareWith"],
): Pick<EnvironmentPlan, "estimate" | "comparison"> {
  const estimate = estimateRun(run);
  if (estimate === undefined && compareWith !== undefined)
    throw new PlanError(
      "--compare: the project says nothing of usage and prices (stacks/usage.ts)",
    );
  if (estimate === undefined) return {};
  if (compareWith === undefined) return { estimate };
  const { source, estimate: before } = compareWith;
  const comparison: CostComparison = compareEstimates(before, estimate, source);
  return { estimate, comparison };
}

async function conclude(
  { known, unknown, verdict, recovery, redact, costVariants }: PlannedRuns,
  { services, others, planned, compareWith }: Surroundings,
): Promise<EnvironmentPlan> {
  const { environment, project } = known.stack;
  const siblings = planned
    .filter((runs) => runs.known !== known)
    .map((runs): OtherEnvironment => ({
      environment: runs.known.stack.environment,
      settings: runs.known.stack.settings,
      counts: countByType(runs.known),
      planned: true,
      problem: "",
      ...totalOf(estimateRun(runs.known)),
    }));
  const manifests = writeManifests(known.registrations, unknown.registrations);
  return {
    environment,
    project,
    known,
    unknown,
    services,
    tree: buildTree(environment, known.registrations),
    modeDifferences: compareModes(known.registrations, unknown.registrations).map(redact),
    manifests: manifests.files,
    problems: manifests.problems,
    ...(verdict && { verdict: await verdict }),
    undeployable: known.undeployable,
    notices: [...known.notices, ...quotaNotices(known.registrations)],
    others: [...siblings, ...others],
    ...costsOf(known, compareWith),
    ...(costVariants.length > 0 && { costVariants }),
    ...(recovery && { recovery }),
  };
}
