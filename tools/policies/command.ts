import { Command } from "commander";
import { createRequire } from "node:module";

const load = createRequire(__filename);

/** What the pack covers of the benchmarks that people are asked about. */
export function createPoliciesCommand(projectDirectory: string): Command {
  return new Command("policies")
    .summary("show what the policy pack covers of CIS EKS, AWS FSBP and Checkov")
    .addCommand(
      new Command("coverage")
        .summary("how many controls are covered by a rule, and what becomes of the others")
        .description(
          "The lists of controls are data in policy/frameworks, the reasons in tools/policies/coverage/reasons.ts.",
        )
        .option("--write", "renew the part of docs/policies.md that follows from it")
        .action(async ({ write }: { readonly write?: true }) => {
          await showCoverage(projectDirectory, write === true);
        }),
    );
}

async function showCoverage(projectDirectory: string, write: boolean): Promise<void> {
  const { rules } = load("../../policy/rules") as typeof import("../../policy/rules");
  const { judgeCoverage, readFrameworks } = load(
    "./coverage/coverage",
  ) as typeof import("./coverage/coverage");
  const { summaryRows } = load("./coverage/render") as typeof import("./coverage/render");
  const { drawTable } = load("../terminal/table") as typeof import("../terminal/table");
  const judged = readFrameworks(projectDirectory).map((framework) => ({
    framework,
    controls: judgeCoverage(framework, rules),
  }));
  for (const line of drawTable(summaryRows(judged))) process.stdout.write(`${line}\n`);
  if (!write) return;
  const { writeCoverage } = load("./coverage/page") as typeof import("./coverage/page");
  await writeCoverage(projectDirectory, rules);
  process.stdout.write("docs/policies.md: renewed\n");
}
