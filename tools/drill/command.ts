import { Argument, Command } from "commander";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createStyle, isColoured, type Style } from "../terminal/style";
import type { Drill } from "./registry";
import { type DrillResult, writeDrillResult } from "./result";
import { MissingProgramError } from "./tool-cache";

const load = createRequire(__filename);

export function createDrillCommand(projectDirectory: string): Command {
  return new Command("drill")
    .summary("try a success criterion on real parts on this machine")
    .description(
      "Without a name it lists the drills. Prints what ran and what held; exit code 1 if something did not.",
    )
    .addArgument(new Argument("[name]", "a drill, or all"))
    .action(async (name: string | undefined) => {
      process.exitCode = await runDrills(name, projectDirectory);
    });
}

/** The exit code. */
async function runDrills(name: string | undefined, projectDirectory: string): Promise<number> {
  const { drills } = load("./registry") as typeof import("./registry");
  const style = createStyle(isColoured(process.stdout, process.env));
  const chosen = drills.filter((drill) => name === "all" || drill.name === name);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  if (chosen.length === 0) {
    for (const drill of drills) say(`${drill.name}  ${drill.summary}`);
    if (name === undefined) return 0;
    process.stderr.write(`error: drill: got "${name}", need one of the above, or all\n`);
    return 1;
  }
  let failed = 0;
  let skipped = 0;
  for (const drill of chosen) {
    const { tried, ...result } = await runDrill(drill, { projectDirectory, style, say });
    if (result.outcome === "failed") failed += 1;
    if (result.outcome === "skipped") skipped += 1;
    // A drill that lacks a program leaves what the last one found.
    if (tried) keep(result, { projectDirectory, say });
  }
  const note = skipped > 0 ? `, ${skipped} SKIPPED` : "";
  say(`${chosen.length - failed - skipped} of ${chosen.length} drills passed${note}`);
  return failed === 0 ? 0 : 1;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "false";
}

interface Surroundings {
  readonly projectDirectory: string;
  readonly say: (line: string) => void;
}

async function runDrill(
  drill: Drill,
  { projectDirectory, style, say }: Surroundings & { readonly style: Style },
): Promise<DrillResult & { readonly tried: boolean }> {
  const start = performance.now();
  const held: string[] = [];
  const said: string[] = [];
  let outcome: DrillResult["outcome"] = "passed";
  let tried = true;
  say(style.bold(`drill ${drill.name}: ${drill.summary}`));
  try {
    await drill.run({
      projectDirectory,
      say: (line) => {
        said.push(line);
        say(`  ${line}`);
      },
      held: (statement) => {
        held.push(statement);
        say(`  ${style.green("held")} ${statement}`);
      },
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    tried = !(error instanceof MissingProgramError);
    if (!tried && !isSet(process.env["CI"])) {
      outcome = "skipped";
      say(`  ${style.yellow("SKIPPED, nothing was tried:")} ${message}`);
    } else {
      outcome = "failed";
      say(`  ${style.red("failed")} ${message}`);
    }
  }
  const seconds = Number(((performance.now() - start) / 1000).toFixed(1));
  say(`  ${held.length} held, ${seconds.toFixed(1)} s`);
  const at = new Date().toISOString();
  return { format: 1, drill: drill.name, outcome, at, seconds, held, said, tried };
}

/** For the report page. */
function keep(result: DrillResult, { projectDirectory, say }: Surroundings): void {
  try {
    writeDrillResult(join(projectDirectory, "out/drills"), result);
  } catch (error) {
    say(`  the result was not kept: ${(error as Error).message}`);
  }
}
