import { Command, InvalidArgumentError } from "commander";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { nodeArguments } from "../node-arguments";
import { createProgress } from "../terminal/progress";
import { drawTable } from "../terminal/table";
import { describeGrowth, type Sample } from "./growth";
import type { Measured } from "./measure";

interface BenchOptions {
  readonly services: readonly number[];
  readonly runs: number;
  readonly env: string;
  readonly project?: string;
}

export function createBenchCommand(projectDirectory: string): Command {
  return new Command("bench")
    .summary("measure the plan from few to many services")
    .description(
      "Plans an environment with catalogues of several sizes, each in cold processes with policies, report and files, " +
        "and prints the median time, the peak memory and what a service more costs. Keeps no history.",
    )
    .option(
      "--services <counts>",
      "sizes of the catalogue, with commas",
      counts,
      [3, 7, 30, 100, 300],
    )
    .option("--runs <count>", "processes for each size", count, 3)
    .option("--env <environment>", "environment to plan", "prod")
    .option("--project <directory>", "folder of the Pulumi project (default: this one)")
    .action((options: BenchOptions) => {
      process.exitCode = bench({ project: projectDirectory, ...options });
    });
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError("need a whole number from 1.");
  return value;
}

function counts(text: string): number[] {
  return text.split(",").map((part) => count(part.trim()));
}

type Row = Measured & Sample;

/** The exit code. */
function bench(options: BenchOptions & { readonly project: string }): number {
  const { services, runs, env } = options;
  const progress = createProgress(process.stderr);
  const folder = mkdtempSync(join(tmpdir(), "auterity-bench-"));
  const rows: Row[] = [];
  try {
    for (const size of services) {
      progress.step(`${size} services`);
      const place = { project: resolve(options.project), environment: env, folder };
      rows.push(median(Array.from({ length: runs }, () => run(size, place))));
    }
  } catch {
    // The process that failed has said why.
    process.stderr.write(`error: the plan with ${services[rows.length] ?? 0} services failed\n`);
    return 1;
  } finally {
    progress.end();
    rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(`${describe(rows, runs, env).join("\n")}\n`);
  return 0;
}

interface Place {
  readonly project: string;
  readonly environment: string;
  readonly folder: string;
}

function run(size: number, { project, environment, folder }: Place): Row {
  const start = performance.now();
  const output = execFileSync(
    process.execPath,
    [
      ...[...nodeArguments, join(__dirname, "measure.ts")],
      ...[project, environment, String(size), folder],
    ],
    { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 2 ** 26 },
  );
  const seconds = (performance.now() - start) / 1000;
  return { services: size, seconds, ...(JSON.parse(output) as Measured) };
}

/** The run of median time. */
function median(rows: readonly Row[]): Row {
  const sorted = [...rows].sort((a, b) => a.seconds - b.seconds);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError("no run to take the median of");
  return middle;
}

function describe(rows: readonly Row[], runs: number, environment: string): string[] {
  const cells = rows.map(({ services, resources, seconds, megabytes }) => [
    ...[String(services), String(resources), seconds.toFixed(2), String(megabytes)],
  ]);
  return [
    `Plan of ${environment}, cold processes, median of ${runs}`,
    ...drawTable([["services", "resources", "seconds", "MB"], ...cells]),
    ...describeGrowth(rows),
  ];
}
