import { join } from "node:path";
import type { EnvironmentPlan } from "../../tools/plan/environment-plan";
import { planEnvironments } from "../../tools/plan/planner";
import { loadProgram, type Run, runProgram } from "../../tools/plan/program";
import { readStackFile } from "../../tools/plan/stack-files";
import type { Mode } from "../../tools/offline/engine";
import { fixtures } from "./run-cli";

const project = join(fixtures, "small");

/** The small program, run in this process. */
export function runSmall(mode: Mode): Promise<Run> {
  const program = loadProgram(project);
  return runProgram({ program, stack: readStackFile(project, "prod"), mode });
}

/** Its plan, without policies. */
export async function planSmall(): Promise<EnvironmentPlan> {
  const [plan] = await planEnvironments({
    directory: project,
    stacks: [readStackFile(project, "prod")],
    others: [readStackFile(project, "dev")],
    progress: () => undefined,
  });
  if (plan === undefined) throw new Error("no plan");
  return plan;
}
