import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { services } from "../../stacks/services";
import { PlanError } from "../plan/plan-error";
import { readStackFile } from "../plan/stack-files";
import { MissingProgramError } from "../drill/tool-cache";
import type { LoadFigures } from "./figures";
import { loadGenerator, type SentLoad, sendLoad } from "./generator";
import { broken, summaryLine } from "./judgement";
import { loadPlan, type LoadPlan } from "./load-plan";
import { isScenario, type LoadEnvironment, loadProblems, type LoadRequest } from "./problems";

interface LoadRun {
  readonly projectDirectory: string;
  /** Name of the stack. */
  readonly environment: string;
  readonly outDirectory: string;
  readonly printPlan: boolean;
  readonly request: LoadRequest;
}

const smokeRequestsPerSecond = 1;

/** What the process ends with; 1 says that nothing was sent. */
const exitCodes = { held: 0, broken: 99, interrupted: 130 } as const;

/** @public The exit code: 99 if an objective did not hold, 130 if somebody ended it, 1 with the reasons why it did not run. */
export async function runLoad(run: LoadRun): Promise<number> {
  try {
    const { plan, folder } = readPlan(run);
    if (run.printPlan) {
      process.stdout.write(`${JSON.stringify(plan, undefined, 2)}\n`);
      return 0;
    }
    const program = await loadGenerator({ projectDirectory: run.projectDirectory });
    const { scenario } = run.request;
    mkdirSync(folder, { recursive: true });
    write(join(folder, `${scenario}-plan.json`), plan);
    const sent = await sendLoad(program, plan, tellEachMinute());
    const verdict = loadVerdict(plan, sent);
    write(join(folder, `${scenario}-summary.json`), { ...sent, ...verdict });
    process.stdout.write(`${verdict.lines.join("\n")}\n`);
    return verdict.exitCode;
  } catch (error) {
    if (!(error instanceof PlanError || error instanceof MissingProgramError)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    return 1;
  }
}

/** What a run showed, a line for each service and for whatever did not hold. */
export function loadVerdict(plan: LoadPlan, { figures, endedBy, interrupted }: SentLoad) {
  const services = figures.services.map(summaryLine);
  if (interrupted)
    return {
      lines: [...services, "ended by hand: what was seen until then is judged by nobody"],
      exitCode: exitCodes.interrupted,
    };
  const missed = [
    ...endedBy.map((sentence) => `ENDED EARLY: ${sentence}`),
    ...broken(plan, figures).map((sentence) => `NOT HELD: ${sentence}`),
  ];
  return {
    lines: [...services, ...(missed.length > 0 ? missed : ["every objective held"])],
    exitCode: missed.length > 0 ? exitCodes.broken : exitCodes.held,
  };
}

function tellEachMinute(): (elapsedSeconds: number, figures: LoadFigures) => void {
  let told = 0;
  return (elapsedSeconds, { services }) => {
    const minutes = Math.floor(elapsedSeconds / 60);
    if (minutes === told) return;
    told = minutes;
    const sum = (of: "requests" | "failed"): number =>
      services.reduce((all, service) => all + service[of], 0);
    process.stderr.write(`${minutes} min: ${sum("requests")} requests, ${sum("failed")} failed\n`);
  };
}

function write(file: string, content: object): void {
  writeFileSync(file, `${JSON.stringify(content, undefined, 2)}\n`);
}

function readPlan(run: LoadRun): { plan: LoadPlan; folder: string } {
  const { projectDirectory, request } = run;
  const environment = readLoadEnvironment(projectDirectory, run.environment);
  const today = new Date().toISOString().slice(0, 10);
  const problems = loadProblems({ request, environment, records: services, today });
  const { scenario, origin, addresses } = request;
  if (problems.length > 0 || !isScenario(scenario))
    throw new PlanError(`load was refused:\n  - ${problems.join("\n  - ")}`);
  const plan = loadPlan({
    records: services,
    scenario,
    domain: environment.domain,
    requestsPerSecond: (request.requestsPerSecond ?? smokeRequestsPerSecond) / addresses,
    ...(origin !== undefined && { origin }),
  });
  return { plan, folder: resolve(run.outDirectory, environment.name) };
}

const ingressSchema = z.object({ domain: z.string() });
const edgeSchema = z.object({ countUntil: z.record(z.string(), z.string()) });

function readLoadEnvironment(projectDirectory: string, name: string): LoadEnvironment {
  const { config } = readStackFile(projectDirectory, name);
  const setting = (key: string): unknown => JSON.parse(config[`auterity:${key}`] ?? "null");
  const ingress = ingressSchema.safeParse(setting("ingress"));
  const edge = edgeSchema.safeParse(setting("edge"));
  if (!ingress.success || !edge.success)
    throw new PlanError(
      `Pulumi.${name}.yaml: auterity:ingress or auterity:edge is not as it should be: npm run plan -- ${name} says why`,
    );
  return {
    name,
    stage: config["auterity:stage"] ?? "",
    domain: ingress.data.domain,
    rateLimitCountsUntil: edge.data.countUntil["rate-limit"],
  };
}
