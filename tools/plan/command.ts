import { Command } from "commander";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { startPolicyServer } from "../policies/server-process";
import { createProgress } from "../terminal/progress";
import { createStyle, isColoured } from "../terminal/style";
import { readEstimate } from "../costs/compare";
import { PlanError } from "./plan-error";
import { describeFailure } from "./failure";
import { listEnvironments, readStackFile } from "./stack-files";

interface PlanOptions {
  readonly env?: string;
  readonly json?: true;
  readonly strict?: true;
  readonly out: string;
  readonly project?: string;
  readonly policies: boolean;
  readonly verbose?: true;
  readonly compare?: string;
}

const load = createRequire(__filename);

type LocatedOptions = PlanOptions & { readonly project: string };

const explanation = [
  "Runs the program on Pulumi's test runtime, twice: with every computed value known, as in an update, and unknown, as " +
    "in a first preview. Needs no account, cluster, network or Pulumi CLI. Judges what it registers by the policy pack, " +
    "and writes DIRECTORY/ENVIRONMENT/: Kubernetes manifests, graph.json, policy.json, estimate.json and report.html.",
  "Exit code 1: a mandatory violation, a difference between the two runs, a wrong configuration, a program that fails; " +
    "with --strict also a value that keeps the environment from being deployed.",
].join("\n\n");

export function createPlanCommand(projectDirectory: string): Command {
  return new Command("plan")
    .summary("show and judge an environment without touching one")
    .description(explanation)
    .argument("[environment]", "name of a stack: dev, prod, … ; or all")
    .option("--env <environment>", "the same as an option; all compares every environment")
    .option("--json", "print one JSON document instead of text (docs/plan.md describes it)")
    .option("--strict", "fail while anything keeps the environment from being deployed")
    .option("--out <directory>", "where to write", "out")
    .option(
      "--compare <estimate>",
      "what the change costs: an earlier plan's estimate.json, or its folder",
    )
    .option("--project <directory>", "folder of the Pulumi project (default: this one)")
    .option("--no-policies", "leave the policy pack out")
    .option("--verbose", "show stacks of errors")
    .action(async (environment: string | undefined, options: PlanOptions) => {
      process.exitCode = await runPlan(environment, { project: projectDirectory, ...options });
    });
}

/** The exit code. */
async function runPlan(environment: string | undefined, options: LocatedOptions): Promise<number> {
  const progress = createProgress(process.stderr);
  // The default ends a process without its last words: the temporary folder and the policy server would stay.
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    process.once(signal, () => {
      progress.end();
      process.exit(code);
    });
  }
  try {
    return await plan(requestedEnvironment(environment, options.env), options, progress.step);
  } catch (error) {
    progress.end();
    const failure = describeFailure(error, options.verbose === true);
    const style = createStyle(isColoured(process.stderr, process.env));
    process.stderr.write(`${style.red("error:")} ${failure.text}\n`);
    if (options.json)
      process.stdout.write(
        `${JSON.stringify({ format: 1, passed: false, error: failure.message })}\n`,
      );
    return 1;
  } finally {
    progress.end();
  }
}

function requestedEnvironment(argument?: string, option?: string): string | undefined {
  if (argument !== undefined && option !== undefined && argument !== option)
    throw new PlanError(`environment: got "${argument}" and --env "${option}", need one of them`);
  return argument ?? option;
}

async function plan(
  requested: string | undefined,
  options: LocatedOptions,
  progress: (step: string) => void,
): Promise<number> {
  const directory = resolve(options.project);
  const known = listEnvironments(directory);
  if (requested === undefined)
    throw new PlanError(`environment: missing, need one of ${[...known, "all"].join(", ")}`);
  const names = requested === "all" ? known : [requested];
  const stacks = names.map((name) => readStackFile(directory, name));
  const others = known
    .filter((name) => !names.includes(name))
    .map((name) => readStackFile(directory, name));
  const compareWith = earlierEstimate(options.compare, names);
  const policyServer = options.policies
    ? startPolicyServer({
        packDirectory: resolve(directory, "policy"),
        project: stacks[0]?.project ?? "",
      })
    : undefined;
  try {
    // Loads the SDK: half a second in which the policy server already loads the pack.
    const { planEnvironments } = load("./planner") as typeof import("./planner");
    const { deliver } = load("./deliver") as typeof import("./deliver");
    const plans = await planEnvironments({
      ...{ directory, stacks, others, progress },
      ...(policyServer && { policyServer }),
      ...(compareWith && { compareWith }),
    });
    return deliver(plans, options, progress);
  } finally {
    policyServer?.stop();
  }
}

/** Read before anything is written: the plan replaces the folder that it may lie in. */
function earlierEstimate(source: string | undefined, names: readonly string[]) {
  if (source === undefined) return undefined;
  const [name = "", ...more] = names;
  if (more.length > 0)
    throw new PlanError(
      `--compare: got ${names.length} environments, need one: an estimate is of one`,
    );
  return { source, estimate: readEstimate(source, name) };
}
