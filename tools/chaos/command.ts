import { Command } from "commander";
import { createRequire } from "node:module";

const load = createRequire(__filename);

interface Options {
  readonly env: string;
  readonly prometheus?: string;
}

/** Experiments by hand, with a look at the error budget before (docs/chaos.md). */
export function createChaosCommand(projectDirectory: string): Command {
  const common = (command: Command): Command =>
    command
      .requiredOption("--env <environment>", "name of a stack: dev, prod")
      .option("--prometheus <url>", "where Prometheus is reached; production never goes without");
  return new Command("chaos")
    .summary(
      "start an experiment that breaks something, unless the error budget or an incident forbids it",
    )
    .description(
      "Works by the AWS CLI, as whoever is signed in. Exit code 1: refused, or not held.",
    )
    .addCommand(
      common(new Command("list"))
        .summary("the experiments of an environment, and what each expects")
        .action((options: Options) => guarded(() => list(projectDirectory, options))),
    )
    .addCommand(
      common(new Command("check"))
        .summary("whether an experiment could be started now, and what speaks against it")
        .argument("<experiment>", "such as node-loss")
        .action((experiment: string, options: Options) =>
          guarded(() => check(projectDirectory, experiment, options)),
        ),
    )
    .addCommand(
      common(new Command("start"))
        .summary("check, start, wait for the end, and record")
        .argument("<experiment>", "such as node-loss")
        .requiredOption("--why <text>", "for the record: what you want to know")
        .action((experiment: string, options: Options & { readonly why: string }) =>
          guarded(() => start(projectDirectory, experiment, options)),
        ),
    )
    .addCommand(
      common(new Command("results"))
        .summary("what became of the experiments of the last months, scheduled ones too")
        .action((options: Options) => guarded(() => results(projectDirectory, options))),
    );
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const lookSeconds = 15;

function worldOf(projectDirectory: string, { env, prometheus: url }: Options) {
  const { readChaosEnvironment } = load("./environment") as typeof import("./environment");
  const { connectAws } = load("./aws") as typeof import("./aws");
  const { readBudgets, readFiring } = load("./prometheus") as typeof import("./prometheus");
  const environment = readChaosEnvironment(projectDirectory, env);
  const prometheus =
    url === undefined
      ? undefined
      : { budgets: () => readBudgets(url), firing: () => readFiring(url) };
  return {
    environment,
    world: { aws: connectAws(environment.region), prometheus, say, lookSeconds },
  };
}

async function list(projectDirectory: string, options: Options): Promise<number> {
  const { environment, world } = worldOf(projectDirectory, options);
  const { drawTable } = load("../terminal/table") as typeof import("../terminal/table");
  const templates = await world.aws.templates(environment.name);
  const rows = templates.map(({ experiment, hypothesis }) => [experiment, hypothesis]).sort();
  for (const line of drawTable([["experiment", "expected"], ...rows])) say(line);
  return 0;
}

async function check(
  projectDirectory: string,
  experiment: string,
  options: Options,
): Promise<number> {
  const { environment, world } = worldOf(projectDirectory, options);
  const { findTemplate, judge } = load("./experiment") as typeof import("./experiment");
  const { problems } = await judge(
    world,
    environment,
    await findTemplate(world, environment, experiment),
  );
  for (const problem of problems) say(`- ${problem}`);
  say(problems.length === 0 ? `nothing speaks against ${experiment}` : `${experiment} must wait`);
  return problems.length === 0 ? 0 : 1;
}

async function start(
  projectDirectory: string,
  experiment: string,
  options: Options & { readonly why: string },
): Promise<number> {
  const { environment, world } = worldOf(projectDirectory, options);
  const { startExperiment } = load("./experiment") as typeof import("./experiment");
  const { verdict } = await startExperiment(world, environment, { experiment, why: options.why });
  return verdict === "held" ? 0 : 1;
}

async function results(projectDirectory: string, options: Options): Promise<number> {
  const { environment, world } = worldOf(projectDirectory, options);
  const { verdictOf } = load("./experiment") as typeof import("./experiment");
  const { drawTable } = load("../terminal/table") as typeof import("../terminal/table");
  const templates = await world.aws.templates(environment.name);
  const runs = (await world.aws.runs()).flatMap((run) => {
    const template = templates.find(({ id }) => id === run.templateId);
    return template === undefined
      ? []
      : [[run.startTime, template.experiment, run.status, verdictOf(run), run.id]];
  });
  runs.sort((one, other) => (other[0] ?? "").localeCompare(one[0] ?? ""));
  for (const line of drawTable([["started", "experiment", "state", "shown", "id"], ...runs]))
    say(line);
  return 0;
}

async function guarded(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    // Refusals say everything; anything else is ours to mend, and shown whole.
    const isRefusal = error instanceof Error && ["ChaosError", "PlanError"].includes(error.name);
    if (!isRefusal) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    process.exitCode = 1;
  }
}
