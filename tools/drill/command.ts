import { Argument, Command } from "commander";
import { createRequire } from "node:module";
import { createStyle, isColoured } from "../terminal/style";
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
    const start = performance.now();
    let held = 0;
    say(style.bold(`drill ${drill.name}: ${drill.summary}`));
    try {
      await drill.run({
        projectDirectory,
        say: (line) => {
          say(`  ${line}`);
        },
        held: (statement) => {
          held += 1;
          say(`  ${style.green("held")} ${statement}`);
        },
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (error instanceof MissingProgramError && !isSet(process.env["CI"])) {
        skipped += 1;
        say(`  ${style.yellow("SKIPPED, nothing was tried:")} ${message}`);
      } else {
        failed += 1;
        say(`  ${style.red("failed")} ${message}`);
      }
    }
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    say(`  ${held} held, ${seconds} s`);
  }
  const note = skipped > 0 ? `, ${skipped} SKIPPED` : "";
  say(`${chosen.length - failed - skipped} of ${chosen.length} drills passed${note}`);
  return failed === 0 ? 0 : 1;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "false";
}
