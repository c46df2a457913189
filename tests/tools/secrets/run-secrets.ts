import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { nodeArguments } from "../../../tools/node-arguments";
import { listFiles, type Ended } from "../run-cli";
import { canary } from "./compose-fixture";

const cli = resolve(__dirname, "../../../tools/cli.ts");

export interface SecretsRun {
  readonly args: readonly string[];
  readonly folder: string;
  readonly endpoint: string;
  readonly stdin?: string;
  /** Over those that give credentials. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Gets the process, to end it. */
  readonly started?: (child: ChildProcess) => void;
}

/** `secrets …` in a process of its own, in a folder of the test, against an endpoint of the test. */
export function runSecrets(run: SecretsRun): Promise<Ended> {
  const child = spawn(process.execPath, [...nodeArguments, cli, "secrets", ...run.args], {
    cwd: run.folder,
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"],
      HOME: run.folder,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_ENDPOINT_URL: run.endpoint,
      ...run.environment,
    },
  });
  run.started?.(child);
  child.stdin.on("error", () => undefined);
  child.stdin.end(run.stdin ?? "");
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  return new Promise((settle, fail) => {
    child.on("error", fail);
    child.on("close", (code) => {
      settle({ code, ...output });
    });
  });
}

/** The canaries that stand in a text: none may. */
export function canariesIn(text: string): string[] {
  return Object.values(canary).filter((value) => text.includes(value));
}

/** Names of the files of a folder that hold a canary, apart from those that the test itself wrote. */
export function filesWithCanaries(folder: string, own: readonly string[]): string[] {
  return listFiles(folder)
    .filter((name) => !own.includes(name))
    .filter((name) => canariesIn(readFileSync(join(folder, name), "utf8")).length > 0);
}
