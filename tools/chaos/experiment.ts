import { setTimeout as sleep } from "node:timers/promises";
import type { Aws, Run, Template } from "./aws";
import { ChaosError } from "./chaos-error";
import { percent, refusals, type Budget, type Conditions, type Situation } from "./guard";

/** Everything that a start needs of the world, so that a test can be the world. */
export interface World {
  readonly aws: Aws;
  /** Undefined where Prometheus is not asked. */
  readonly prometheus:
    | { readonly budgets: () => Promise<Budget[]>; readonly firing: () => Promise<string[]> }
    | undefined;
  readonly say: (line: string) => void;
  /** Between two looks at a running experiment. */
  readonly lookSeconds: number;
}

export interface Environment extends Conditions {
  readonly name: string;
  /** The only account that may be touched; undefined while the environment has none. */
  readonly accountId: string | undefined;
}

/** What an experiment showed. */
type Verdict = "held" | "refuted" | "nothing shown";

export interface ExperimentRecord {
  readonly experiment: string;
  readonly environment: string;
  readonly hypothesis: string;
  readonly verdict: Verdict;
  readonly run: Run;
  readonly startedBy: string;
  readonly why: string;
  /** Error budgets in percent, by service and objective. */
  readonly budgets: {
    readonly before: Readonly<Record<string, string>>;
    readonly after: Readonly<Record<string, string>>;
  };
}

/** @public Loaded by the command when it runs. */
export async function findTemplate(
  { aws }: World,
  environment: Environment,
  experiment: string,
): Promise<Template> {
  const templates = await aws.templates(environment.name);
  const found = templates.find((template) => template.experiment === experiment);
  if (found !== undefined) return found;
  const names = templates.map((template) => template.experiment).sort();
  throw new ChaosError(
    `experiment: got "${experiment}", need one of ${names.join(", ") || "none: auterity:chaos is off, or not deployed"}`,
  );
}

/** @public Why the experiment must not be started now. */
export async function judge(
  { aws, prometheus }: World,
  environment: Environment,
  template: Template,
): Promise<{ readonly problems: string[]; readonly situation: Situation }> {
  const under = ["pending", "initiating", "running", "stopping"];
  const situation: Situation = {
    budgets: await prometheus?.budgets(),
    firing: (await prometheus?.firing()) ?? [],
    alarms: await aws.alarmStates(template.stopAlarms),
    running: (await aws.runs()).filter(({ status }) => under.includes(status)).map(({ id }) => id),
  };
  return { problems: refusals(situation, environment), situation };
}

export interface Start {
  readonly experiment: string;
  /** Said by whoever starts it, for the record. */
  readonly why: string;
}

/** Starts it if nothing speaks against it, waits for its end, and writes down what was seen. */
export async function startExperiment(
  world: World,
  environment: Environment,
  { experiment, why }: Start,
): Promise<ExperimentRecord> {
  const { aws, say } = world;
  const { account, arn } = await aws.caller();
  if (account !== environment.accountId)
    throw new ChaosError(
      `you are signed in to account ${account}, and ${environment.name} is in ${environment.accountId ?? "none yet (aws:allowedAccountIds)"}`,
    );
  const template = await findTemplate(world, environment, experiment);
  const { problems, situation } = await judge(world, environment, template);
  if (problems.length > 0)
    throw new ChaosError([`${experiment} is not started:`, ...problems].join("\n  - "));
  const tags = { environment: environment.name, experiment };
  const started = await aws.start(template.id, tags);
  say(`${experiment} has started: ${started.id}`);
  say(`expected: ${template.hypothesis}`);
  say(`to end it: aws fis stop-experiment --id ${started.id}`);
  const run = await untilItsEnd(world, started);
  const record: ExperimentRecord = {
    ...{ experiment, environment: environment.name, hypothesis: template.hypothesis, run, why },
    verdict: verdictOf(run),
    startedBy: arn,
    budgets: {
      before: readable(situation.budgets),
      after: readable(await world.prometheus?.budgets().catch(() => undefined)),
    },
  };
  const key = `records/${experiment}/${run.id}.json`;
  await aws.write(template.bucket, key, `${JSON.stringify(record, null, 2)}\n`);
  say(
    `${run.status}: ${verdictWords[record.verdict]}${run.reason === "" ? "" : ` (${run.reason})`}`,
  );
  say(`recorded in s3://${template.bucket}/${key}; AWS's report comes beside it, below reports/`);
  return record;
}

const verdictWords: Readonly<Record<Verdict, string>> = {
  held: "no alarm went off; look whether the rest of what was expected held too",
  refuted: "an alarm ended it: users noticed",
  "nothing shown": "it did not do what it was for",
};

/** @public Loaded by the command when it runs. */
export function verdictOf({ status }: Pick<Run, "status">): Verdict {
  if (status === "completed") return "held";
  return status === "stopped" ? "refuted" : "nothing shown";
}

const ended = ["completed", "stopped", "failed", "cancelled"];

async function untilItsEnd({ aws, say, lookSeconds }: World, started: Run): Promise<Run> {
  let run = started;
  while (!ended.includes(run.status)) {
    await sleep(lookSeconds * 1000);
    const next = await aws.run(run.id);
    if (next.status !== run.status) say(next.status);
    run = next;
  }
  return run;
}

function readable(budgets: readonly Budget[] | undefined): Record<string, string> {
  return Object.fromEntries(
    (budgets ?? []).map(({ service, objective, remaining }) => [
      `${service} ${objective}`,
      `${percent(remaining)} %`,
    ]),
  );
}
