import { Command } from "commander";
import { createRequire } from "node:module";
import { scenarioNames } from "./scenarios";

const load = createRequire(__filename);

interface Options {
  readonly env: string;
  readonly rate?: string;
  readonly addresses: string;
  readonly origin?: string;
  readonly production?: true;
  readonly printPlan?: true;
  readonly out: string;
}

/** Sends load to a deployed environment; what it sends and what must hold comes from the catalogue (docs/load-tests.md). */
export function createLoadCommand(projectDirectory: string): Command {
  return new Command("load")
    .summary("send load to a deployed environment, judged by its objectives (needs Go)")
    .description(
      "Asks the critical paths of the public services as often as the scenario says, and ends early when their error budget " +
        "burns as fast as somebody would be paged for. Exit code 99: an objective did not hold; 130: ended by hand; 1: it did not run.",
    )
    .argument("<scenario>", scenarioNames.join(", "))
    .requiredOption("--env <environment>", "name of a stack: dev, prod, …")
    .option("--rate <number>", "requests a second in all, at the usual load (smoke: 1)")
    .option("--addresses <number>", "machines with addresses of their own that share the load", "1")
    .option("--origin <url>", "asked instead of the public hosts, such as a load balancer's name")
    .option("--production", "allow more than a smoke run in production")
    .option("--print-plan", "print what would be sent and what must hold, and send nothing")
    .option("--out <directory>", "where plan and summary go, below it by environment", "out/load")
    .action(async (scenario: string, options: Options) => {
      const { runLoad } = load("./run") as typeof import("./run");
      process.exitCode = await runLoad({
        projectDirectory,
        environment: options.env,
        outDirectory: options.out,
        printPlan: options.printPlan === true,
        request: {
          scenario,
          requestsPerSecond: options.rate === undefined ? undefined : Number(options.rate),
          addresses: Number(options.addresses),
          origin: options.origin,
          production: options.production === true,
        },
      });
    });
}
