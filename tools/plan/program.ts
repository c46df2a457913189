import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ServiceRecord } from "../../components/shared/service-record";
import type { EstimateSettings } from "../../stacks/usage";
import { type OfflineEngine, startOfflineEngine, type Mode } from "../offline/engine";
import type { Registration } from "../offline/registration";
import { withoutStacks } from "../offline/without-stacks";
import { PlanError } from "./plan-error";
import { ProgramError } from "./program-error";
import type { StackFile } from "./stack-files";
import { settleOrStall, StallError } from "./stall";

/** What a project gives to be planned; `environment` is the program's own, and opaque here. */
export interface Program {
  readonly directory: string;
  readEnvironment(): unknown;
  definePlatform(environment: unknown, services: readonly ServiceRecord[]): unknown;
  /** What keeps the environment from being deployed, a sentence each. */
  undeployable(environment: unknown): readonly string[];
  /** What its operators should know although nothing is wrong, a sentence each. */
  notices(environment: unknown, today: Date): readonly string[];
  /** What is wrong between environments, a line each. */
  crossEnvironmentProblems(environments: readonly unknown[]): readonly string[];
  readonly services: readonly ServiceRecord[];
  /** Files beside the manifests; absent where a project has none. */
  plannedDocuments?(
    environment: unknown,
    services: readonly ServiceRecord[],
  ): readonly PlannedDocument[];
  /** What the estimate of costs rests on; absent where a project says nothing of it. */
  estimateSettings?(environment: unknown): EstimateSettings;
}

interface PlannedDocument {
  readonly path: string;
  readonly content: unknown;
}

/** What the program registered in one mode. */
export interface Run {
  readonly mode: Mode;
  readonly stack: StackFile;
  readonly registrations: readonly Registration[];
  /** By URN; answers stand for what only a deployment knows. */
  readonly outputs: ReadonlyMap<string, Record<string, unknown>>;
  readonly undeployable: readonly string[];
  readonly notices: readonly string[];
  readonly documents: readonly PlannedDocument[];
  readonly services: readonly ServiceRecord[];
  readonly estimateSettings?: EstimateSettings;
}

/** @throws PlanError if the folder is no such project, ProgramError if loading it fails. */
export function loadProgram(directory: string): Program {
  const stacks = resolve(directory, "stacks");
  if (!existsSync(join(stacks, "platform.ts")))
    throw new PlanError(`project: got ${directory}, need a folder with stacks/platform.ts`);
  const load = createRequire(__filename);
  try {
    return {
      directory: resolve(directory),
      ...(load(join(stacks, "environment")) as Pick<
        Program,
        "readEnvironment" | "undeployable" | "notices" | "crossEnvironmentProblems"
      >),
      ...(load(join(stacks, "services")) as Pick<Program, "services">),
      ...(load(join(stacks, "platform")) as Pick<Program, "definePlatform">),
      ...(existsSync(join(stacks, "observability/dashboards.ts")) && {
        plannedDocuments: (load(join(stacks, "observability/dashboards")) as Required<Program>)
          .plannedDocuments,
      }),
      ...(existsSync(join(stacks, "usage.ts")) && {
        estimateSettings: (load(join(stacks, "usage")) as Required<Program>).estimateSettings,
      }),
    };
  } catch (error) {
    throw new ProgramError([error], directory);
  }
}

/** The environments as the program reads them; one that it refuses is left out, since its own plan tells why. */
export async function readEnvironments(
  program: Program,
  stacks: readonly StackFile[],
): Promise<unknown[]> {
  const environments: unknown[] = [];
  for (const stack of stacks) {
    const engine = await startOfflineEngine(stackOptions(stack));
    try {
      environments.push(program.readEnvironment());
    } catch {
      continue;
    } finally {
      await engine.settle();
    }
  }
  return environments;
}

export interface RunArgs {
  readonly program: Program;
  readonly stack: StackFile;
  readonly mode: Mode;
  /** Default: the program's own catalogue. */
  readonly services?: readonly ServiceRecord[];
  /** Told of each registration as it arrives. */
  readonly onRegistration?: (registration: Registration) => void;
}

/**
 * The program's registrations in one mode. The first try captures no stacks; only a program that fails is run again
 * with them, to say where.
 * @throws ProgramError with everything that went wrong, also in an `apply` that nobody awaits.
 */
export async function runProgram(args: RunArgs): Promise<Run> {
  try {
    return await withoutStacks(() => runOnce(args));
  } catch (failure) {
    if (failure instanceof StallError) throw failure;
    await runWithStacks(args);
    throw failure;
  }
}

async function runWithStacks({ program, stack, mode, services }: RunArgs): Promise<void> {
  const { stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = framesOfFailure;
    await runOnce({ program, stack, mode, ...(services && { services }) });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Enough to reach through the SDK down to the line of the program. */
const framesOfFailure = 60;

async function runOnce(args: RunArgs): Promise<Run> {
  const { program, stack, mode, services, onRegistration } = args;
  const lost: unknown[] = [];
  const keep = (reason: unknown): void => void lost.push(reason);
  process.on("unhandledRejection", keep);
  let engine: OfflineEngine | undefined;
  try {
    engine = await startOfflineEngine({
      ...stackOptions(stack),
      mode,
      sharesTurns: true,
      ...(onRegistration && { onRegistration }),
    });
    const environment = program.readEnvironment();
    program.definePlatform(environment, services ?? program.services);
    await settleOrStall(engine);
    await rejectionsReported();
    if (lost.length > 0) throw new ProgramError(lost, program.directory);
    return {
      mode,
      stack,
      registrations: engine.registrations,
      outputs: engine.outputs(),
      undeployable: program.undeployable(environment),
      notices: program.notices(environment, new Date()),
      // The same in either mode: they rest on settings alone.
      documents:
        mode === "known"
          ? (program.plannedDocuments?.(environment, services ?? program.services) ?? [])
          : [],
      services: services ?? program.services,
      ...(program.estimateSettings && {
        estimateSettings: program.estimateSettings(environment),
      }),
    };
  } catch (error) {
    // What was registered before it is still on its way, and must not arrive at the engine of another run.
    if (!(error instanceof StallError)) await engine?.settle().catch(() => undefined);
    await rejectionsReported();
    if (error instanceof ProgramError || error instanceof StallError) throw error;
    throw new ProgramError([error, ...lost], program.directory);
  } finally {
    process.off("unhandledRejection", keep);
  }
}

/** Node reports a rejection that nobody handles only after the turn in which it happened. */
async function rejectionsReported(): Promise<void> {
  await nextTurn();
  await nextTurn();
}

function stackOptions({ project, environment, config, secretKeys }: StackFile) {
  return { project, stack: environment, config, secretKeys };
}
