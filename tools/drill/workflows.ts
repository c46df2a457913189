import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { goTool } from "./go-tools";
import { onStage, type Stage } from "./processes";
import type { Drill, DrillContext } from "./registry";

export const workflowsDrill: Drill = {
  name: "workflows",
  summary: "the pipelines of .github/workflows, judged by actionlint",
  run: async (context) => {
    const program = await goTool("actionlint", context);
    await onStage("workflows", (stage) => lint(context, program, stage));
  },
};

/** What actionlint has to notice, or its silence about ours says nothing. */
const faulty = `on: push
jobs:
  check:
    runs-on: ubuntu-24.04
    steps:
      - run: echo "\${{ github.no_such_property }}"
`;

async function lint(
  { projectDirectory, held, say }: DrillContext,
  program: string,
  { folder, run }: Stage,
): Promise<void> {
  const shellcheck = hasShellcheck();
  if (!shellcheck)
    say("shellcheck is not installed: the scripts inside of the workflows are not judged");
  const options = shellcheck ? [] : ["-shellcheck="];
  const judge = (name: string, ...args: string[]): Promise<string> =>
    run({
      name,
      program,
      args: [...options, "-pyflakes=", "-no-color", ...args],
      directory: projectDirectory,
    });

  await writeFile(join(folder, "faulty.yml"), faulty);
  const notice = await judge("faulty", join(folder, "faulty.yml")).catch(String);
  if (!notice.includes("no_such_property"))
    throw new Error(`actionlint does not see a property that is not there: ${notice}`);
  held("notices a property that no event has");

  const workflows = join(projectDirectory, ".github/workflows");
  const files = existsSync(workflows) ? readdirSync(workflows) : [];
  const names = files.filter((file) => /\.ya?ml$/.test(file)).sort();
  if (names.length === 0) throw new Error(".github/workflows holds no workflow");
  await judge("workflows", ...names.map((name) => join(workflows, name)));
  held(`nothing to say about ${names.join(", ")}`);
}

function hasShellcheck(): boolean {
  try {
    execFileSync("shellcheck", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
