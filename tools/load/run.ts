import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { services } from "../../stacks/services";
import { PlanError } from "../plan/plan-error";
import { readStackFile } from "../plan/stack-files";
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

/** @public The exit code: k6's, 99 if an objective did not hold, or 1 with the reasons why it did not run. */
export async function runLoad(run: LoadRun): Promise<number> {
  try {
    const { plan, file } = writePlan(run);
    if (run.printPlan) {
      process.stdout.write(`${JSON.stringify(plan, undefined, 2)}\n`);
      return 0;
    }
    return await runK6(join(run.projectDirectory, "load/main.js"), file);
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    return 1;
  }
}

function writePlan(run: LoadRun): { plan: LoadPlan; file: string } {
  const { projectDirectory, request } = run;
  const environment = readLoadEnvironment(projectDirectory, run.environment);
  const today = new Date().toISOString().slice(0, 10);
  const problems = loadProblems({ request, environment, records: services, today });
  const { scenario, origin, addresses } = request;
  if (problems.length > 0 || !isScenario(scenario))
    throw new PlanError(`load was refused:\n  - ${problems.join("\n  - ")}`);
  const folder = resolve(run.outDirectory, environment.name);
  const plan = loadPlan({
    records: services,
    scenario,
    domain: environment.domain,
    requestsPerSecond: (request.requestsPerSecond ?? smokeRequestsPerSecond) / addresses,
    summaryFile: join(folder, `${scenario}-summary.json`),
    ...(origin !== undefined && { origin }),
  });
  const file = join(folder, `${scenario}-plan.json`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify(plan, undefined, 2));
  return { plan, file };
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

/** k6 gets the terminal, so that Ctrl-C ends it in order and its progress is seen. */
function runK6(script: string, planFile: string): Promise<number> {
  return new Promise((end, fail) => {
    const k6 = spawn("k6", ["run", "--no-usage-report", "--env", `PLAN=${planFile}`, script], {
      stdio: "inherit",
    });
    // It ends by itself, in order.
    const wait = (): void => undefined;
    process.on("SIGINT", wait);
    k6.once("error", (error: NodeJS.ErrnoException) => {
      fail(
        error.code === "ENOENT"
          ? new PlanError(
              "k6: not found; install k6 1.8 or newer (https://grafana.com/docs/k6/latest/set-up/install-k6/)",
            )
          : error,
      );
    });
    k6.once("exit", (code) => {
      process.off("SIGINT", wait);
      end(code ?? 1);
    });
  });
}
