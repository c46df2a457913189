import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { onStage } from "./processes";
import { cachedTool, MissingProgramError, type ToolContext } from "./tool-cache";

/** How to start a Python program. */
export interface PythonTool {
  readonly program: string;
  /** Folder with its packages, for PYTHONPATH: unlike a virtual environment, it may be built elsewhere and moved. */
  readonly packages: string;
}

/**
 * The packages of `tests/drills/tools/NAME/requirements.txt`, each pinned by version and hash, installed when they are asked for
 * the first time. @throws MissingProgramError without Python or its pip.
 */
export async function pythonTool(
  name: "aws-cli" | "moto",
  context: ToolContext,
): Promise<PythonTool> {
  const requirements = join(
    context.projectDirectory,
    ...["tests", "drills", "tools", name, "requirements.txt"],
  );
  const version = execPython("-c", "import sys; print(sys.version)");
  execPython("-m", "pip", "--version");
  const packages = await cachedTool(
    {
      name,
      key: [readFileSync(requirements, "utf8"), version, process.arch],
      build: (folder) => install(requirements, folder),
    },
    context,
  );
  return { program: "python3", packages };
}

function install(requirements: string, folder: string): Promise<string> {
  const options = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes"];
  return onStage("install", ({ run }) =>
    run({
      name: "pip",
      program: "python3",
      args: ["-m", "pip", "install", ...options, "--target", folder, "--requirement", requirements],
      environment: process.env,
    }),
  );
}

function execPython(...args: string[]): string {
  try {
    return execFileSync("python3", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    throw new MissingProgramError(
      "python3 with pip: not found; install Python 3.11 or newer, on Debian and Ubuntu python3 and python3-pip",
      { cause: error },
    );
  }
}
