import { Command } from "commander";
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PlanError } from "../plan/plan-error";
import { createStyle, isColoured } from "../terminal/style";
import { RecoveryError, shortestReason } from "./recovery-error";

const load = createRequire(__filename);

interface CommonOptions {
  readonly env: string;
  readonly endpointUrl?: string;
  readonly skipPreview?: string;
}
interface ChangeOptions extends CommonOptions {
  readonly execute?: true;
  readonly planned?: true;
  readonly force?: string;
  readonly did: readonly string[];
  readonly out: string;
}
type Direction = "failover" | "failback";

/** Leaves the home region, or goes back to it (docs/runbooks/disaster-region.md). */
export function createRecoveryCommand(projectDirectory: string): Command {
  return new Command("recovery")
    .summary("check whether the other region could take over; take over; go back")
    .description(
      "Asks both regions, prints or does each step, times it, and refuses what is unsafe. No secret is read. Exit code 1: something is not as it should be.",
    )
    .addCommand(
      common(new Command("check"))
        .summary("whether the other region could take over now")
        .option("--back", "whether home could take over again")
        .action((options: CommonOptions & { back?: true }) =>
          guarded(() => runCheck(projectDirectory, options, options.back === true)),
        ),
    )
    .addCommand(changeCommand(projectDirectory, "failover"))
    .addCommand(changeCommand(projectDirectory, "failback"));
}

function common(command: Command): Command {
  return command
    .option("--env <environment>", "the environment that stands by", "recovery")
    .option("--endpoint-url <url>", "endpoint of AWS (default: the regions', or AWS_ENDPOINT_URL)")
    .option(
      "--skip-preview <reason>",
      "do not ask pulumi what a deployment would meet; told, and kept in the journal",
    );
}

function changeCommand(projectDirectory: string, direction: Direction): Command {
  const what = direction === "failover" ? "make the other region serve" : "make home serve again";
  return common(new Command(direction))
    .summary(what)
    .description(
      "Prints every step with its commands; --execute does them. Run it again at any time: it goes on where it was, and does nothing twice.",
    )
    .option("--execute", "do each step")
    .option("--planned", "lose nothing: both regions work (a failback always is)")
    .option("--force <reason>", "do it although a check speaks against it; kept in the journal")
    .option("--did <step>", "a step that a person has done", collect, [])
    .option("--out <directory>", "where the journal is", "out/recovery")
    .action((options: ChangeOptions) =>
      guarded(() => runChange(projectDirectory, options, direction)),
    );
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

async function prepare(projectDirectory: string, { env, endpointUrl, skipPreview }: CommonOptions) {
  const { readSides } = load("./sides") as typeof import("./sides");
  const { openCloud, openNames } = load("./cloud") as typeof import("./cloud");
  const { openEngine } = load("./engine") as typeof import("./engine");
  const { readLock } = load("./stack-locks") as typeof import("./stack-locks");
  if (skipPreview !== undefined && skipPreview.trim().length < shortestReason)
    throw new RecoveryError("refused", [
      `--skip-preview: got "${skipPreview}", need a reason of ${shortestReason} letters or more`,
    ]);
  const { services } = load("../../stacks/services") as typeof import("../../stacks/services");
  const { instanceTypes } = load(
    "../../components/shared/instance-types",
  ) as typeof import("../../components/shared/instance-types");
  const sides = readSides({
    ...{ directory: projectDirectory, standby: env, services },
    processorsOf: (type) => instanceTypes[type]?.vcpus ?? 0,
  });
  const at = (region: string) =>
    openCloud({ region, ...(endpointUrl !== undefined && { endpointUrl }) });
  const clouds = { home: at(sides.home.region), standby: at(sides.standby.region) };
  const stacks = {
    engine: openEngine(projectDirectory),
    readLock,
    ...(skipPreview !== undefined && { skip: skipPreview }),
  };
  return Promise.resolve({ sides, clouds, stacks, names: openNames(endpointUrl) });
}

async function runCheck(directory: string, options: CommonOptions, back: boolean): Promise<0 | 1> {
  const { check } = load("./run") as typeof import("./run");
  const { sides, clouds, stacks } = await prepare(directory, options);
  return check({ sides, clouds, stacks, now: new Date(), to: back ? "home" : "standby", say });
}

async function runChange(
  directory: string,
  options: ChangeOptions,
  direction: Direction,
): Promise<0 | 1> {
  const { change } = load("./run") as typeof import("./run");
  const { openJournal } = load("./journal") as typeof import("./journal");
  const prepared = await prepare(directory, options);
  const { sides, clouds, stacks } = prepared;
  const now = new Date();
  const planned = options.planned === true || direction === "failback";
  return change({
    ...{ sides, clouds, stacks, now, say, planned },
    to: direction === "failover" ? "standby" : "home",
    journal: openJournal({
      ...{ direction, standby: sides.standby.name, now },
      directory: resolve(options.out),
    }),
    context: {
      ...{ ...prepared, say },
      planned,
      run: (command) => runCommand(command, directory),
      statusOf,
      wait: async (milliseconds) => sleep(milliseconds),
    },
    execute: options.execute === true,
    force: options.force,
    did: options.did,
    clock: () => new Date(),
  });
}

/** Its words are for whoever watches. */
function runCommand([program = "", ...args]: readonly string[], cwd: string): Promise<boolean> {
  return new Promise((settle) => {
    const child = spawn(program, args, { cwd, stdio: ["ignore", "inherit", "inherit"] });
    child.on("error", () => {
      settle(false);
    });
    child.on("close", (code) => {
      settle(code === 0);
    });
  });
}

async function statusOf(url: string): Promise<number | undefined> {
  try {
    const { status } = await fetch(url, {
      signal: AbortSignal.timeout(10_000),
      redirect: "manual",
    });
    return status;
  } catch {
    return undefined;
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Words of our own alone: messages of others may quote what they were sent. */
async function guarded(run: () => Promise<0 | 1>): Promise<void> {
  try {
    process.exitCode = await run();
  } catch (error) {
    const isOwn = error instanceof RecoveryError || error instanceof PlanError;
    const { refusalOf } = load("./cloud") as typeof import("./cloud");
    const { name, meaning } = refusalOf(error);
    const message = isOwn ? error.message : `${meaning} (${name})`;
    const style = createStyle(isColoured(process.stderr, process.env));
    process.stderr.write(`${style.red("error:")} ${message}\n`);
    process.exitCode = 1;
  }
}
