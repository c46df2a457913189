import { Command } from "commander";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { createStyle, isColoured } from "../terminal/style";
import { describeRefusal } from "./describe-refusal";
import { readValue } from "./hidden-input";
import { parseOverrides } from "./overrides";

const load = createRequire(__filename);

interface CommonOptions {
  readonly env: string;
  readonly endpointUrl?: string;
  readonly json?: true;
}
interface MigrateOptions extends CommonOptions {
  readonly map: readonly string[];
  readonly dryRun?: true;
  readonly forcePlaceholders?: true;
  readonly out: string;
}
interface StatusOptions extends CommonOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
}
interface ReplaceOptions extends CommonOptions {
  readonly variable?: string;
  readonly file?: string;
  readonly anyOrigin?: true;
  readonly forcePlaceholders?: true;
}

/** Moves, shows and replaces the credentials of an environment in AWS Secrets Manager (docs/secrets.md). */
export function createSecretsCommand(projectDirectory: string): Command {
  return new Command("secrets")
    .summary("move, show and replace the credentials of an environment")
    .description(
      "Works on AWS Secrets Manager. Shows places, names and kinds; never a value. Exit code 1: something is not as it should be.",
    )
    .addCommand(migrateCommand(projectDirectory))
    .addCommand(statusCommand(projectDirectory))
    .addCommand(replaceCommand(projectDirectory));
}

function common(command: Command): Command {
  return command
    .requiredOption("--env <environment>", "name of a stack: dev, prod, …")
    .option(
      "--endpoint-url <url>",
      "endpoint of Secrets Manager (default: the region's, or AWS_ENDPOINT_URL)",
    );
}

function migrateCommand(projectDirectory: string): Command {
  return common(new Command("migrate"))
    .summary("move credentials from Compose and env files into the secrets")
    .description(
      "Finds the credentials of the files, merges them into the secrets that the catalogue declares for them, reads them back, " +
        "and writes the cleaned Compose files beside theirs. Run it again at any time: it goes on where it was.",
    )
    .argument("<files...>", "Compose files (.yaml, .yml) and env files (any other name)")
    .option("--dry-run", "show what would be written where, and write nothing")
    .option(
      "--map <from=record>",
      "a Compose service or an env file, and the records it becomes: a=b or a=b,c",
      collect,
      [],
    )
    .option("--force-placeholders", "take change_me, your_…_here and such for values")
    .option(
      "--out <directory>",
      "where the report and the state go, below it by environment",
      "out/secrets",
    )
    .option("--json", "print the report as one JSON document; progress goes to the error output")
    .action((files: string[], options: MigrateOptions) =>
      guarded(options, async () => {
        const { migrate } = load("./migrate") as typeof import("./migrate");
        const context = contextOf(projectDirectory, options);
        const result = await migrate({
          ...context,
          paths: files,
          overrides: parseOverrides(options.map),
          forcePlaceholders: options.forcePlaceholders === true,
          dryRun: options.dryRun === true,
          outDirectory: join(resolve(options.out), options.env),
          say: options.json ? sayError : sayOutput,
        });
        if (options.json) sayOutput(JSON.stringify(result.report, undefined, 2));
        return result.exitCode;
      }),
    );
}

function statusCommand(projectDirectory: string): Command {
  return common(new Command("status"))
    .summary("show every declared secret: filled, age, rotation, replicas, last sync")
    .option("--kubeconfig <file>", "asks the cluster when each was synced last")
    .option("--context <name>", "context of the kubeconfig")
    .option("--json", "print one JSON document instead of text")
    .action((options: StatusOptions) =>
      guarded(options, async () => {
        const { showStatus } = load("./status") as typeof import("./status");
        const context = contextOf(projectDirectory, options);
        const { kubeconfig, context: clusterContext } = options;
        const cluster = {
          ...(kubeconfig !== undefined && { kubeconfig }),
          ...(clusterContext !== undefined && { context: clusterContext }),
        };
        const store = context.openStore();
        try {
          return await showStatus({
            ...{ ...context, records: context.owners, store, now: new Date() },
            ...{ json: options.json === true, say: sayOutput },
            cluster: Object.keys(cluster).length > 0 ? cluster : undefined,
          });
        } finally {
          store.close();
        }
      }),
    );
}

function replaceCommand(projectDirectory: string): Command {
  return common(new Command("replace"))
    .summary("replace a key that another company issues")
    .description(
      "Takes the new value from a hidden prompt, a pipe or a file; never from an argument, which others could see.",
    )
    .argument("<secret>", "SERVICE/SECRET, or SECRET for every service that asks for it: openai")
    .option("--variable <name>", "which one, where a secret has several")
    .option("--file <file>", "reads the value from a file")
    .option("--any-origin", "also replaces what rotates by itself")
    .option("--force-placeholders", "take change_me, your_…_here and such for values")
    .action((secret: string, options: ReplaceOptions) =>
      guarded(options, async () => {
        const { replaceKey } = load("./replace") as typeof import("./replace");
        const { variable, file } = options;
        const context = contextOf(projectDirectory, options);
        return replaceKey({
          ...{ ...context, records: context.owners, secret, variable },
          anyOrigin: options.anyOrigin === true,
          forcePlaceholders: options.forcePlaceholders === true,
          readValue: (name) =>
            readValue(name, { file, stdin: process.stdin, prompt: process.stderr }),
          say: sayOutput,
        });
      }),
    );
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function contextOf(projectDirectory: string, { env, endpointUrl }: CommonOptions) {
  const { readTargetEnvironment } = load(
    "./target-environment",
  ) as typeof import("./target-environment");
  const { services } = load("../../stacks/services") as typeof import("../../stacks/services");
  const { receiverOwners } = load(
    "../../stacks/observability/receiver-secrets",
  ) as typeof import("../../stacks/observability/receiver-secrets");
  const { openSecretStore } = load("./secret-store") as typeof import("./secret-store");
  const target = readTargetEnvironment(projectDirectory, env);
  const address = { region: target.region, ...(endpointUrl !== undefined && { endpointUrl }) };
  return {
    target,
    records: services,
    owners: [...services, ...receiverOwners(target.alerting)],
    openStore: () => openSecretStore(address),
  };
}

/** Ends with an exit code and with words of our own: messages of others may quote what they were given. */
async function guarded(
  options: { readonly json?: true },
  run: () => Promise<0 | 1>,
): Promise<void> {
  try {
    process.exitCode = await run();
  } catch (error) {
    const message = describeRefusal(error);
    const style = createStyle(isColoured(process.stderr, process.env));
    sayError(`${style.red("error:")} ${message}`);
    if (options.json) sayOutput(JSON.stringify({ format: 1, passed: false, error: message }));
    process.exitCode = 1;
  }
}

function sayOutput(line: string): void {
  process.stdout.write(`${line}\n`);
}

function sayError(line: string): void {
  process.stderr.write(`${line}\n`);
}
