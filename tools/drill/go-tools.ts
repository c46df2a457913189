import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { onStage } from "./processes";
import { cachedTool, MissingProgramError, type ToolContext } from "./tool-cache";

/** A program of a Go module. */
export interface GoToolSource {
  readonly name: string;
  /** Folder with the `go.mod` and `go.sum` that pin it and all that goes into it. */
  readonly moduleFolder: string;
  /** Import path of the program, one of the `tool` lines of that `go.mod`. */
  readonly package: string;
  /** A folder of one of its modules that is kept beside the program: `goToolData` tells where. */
  readonly data?: { readonly module: string; readonly folder: string };
}

const externalSecretsModule = "github.com/external-secrets/external-secrets";

/** The programs that drills run: module below `tests/drills/tools/`, and import path. */
const programs = {
  etcd: { module: "etcd", package: "go.etcd.io/etcd/server/v3" },
  "kube-apiserver": { module: "kubernetes", package: "k8s.io/kubernetes/cmd/kube-apiserver" },
  "external-secrets": {
    module: "external-secrets",
    package: externalSecretsModule,
    data: { module: externalSecretsModule, folder: "config/crds/bases" },
  },
  cyclonus: {
    module: "cyclonus",
    package: "github.com/mattfenwick/cyclonus/cmd/cyclonus",
  },
  actionlint: { module: "lint", package: "github.com/rhysd/actionlint/cmd/actionlint" },
  gitleaks: { module: "lint", package: "github.com/zricethezav/gitleaks/v8" },
} as const;

export type GoTool = keyof typeof programs;

/** Path of a pinned program, built when it is asked for the first time. @throws MissingProgramError without Go. */
export function goTool(name: GoTool, context: ToolContext): Promise<string> {
  return buildGoTool(sourceOf(name, context), context);
}

/** Folder with the data that the source of a program names. */
export async function goToolData(name: "external-secrets", context: ToolContext): Promise<string> {
  return join(await goTool(name, context), "..", "data");
}

function sourceOf(name: GoTool, { projectDirectory }: ToolContext): GoToolSource {
  const { module, ...program } = programs[name];
  return { ...program, name, moduleFolder: join(projectDirectory, toolFolder, module) };
}

const toolFolder = "tests/drills/tools";

/** Nothing is added to `go.sum`, and no checksum is left unchecked: what is not pinned is not built. */
const flags = { CGO_ENABLED: "0", GOFLAGS: "-buildvcs=false -mod=readonly", GOWORK: "off" };

/** As `goTool`, for any module. */
export async function buildGoTool(source: GoToolSource, context: ToolContext): Promise<string> {
  const { name, moduleFolder } = source;
  // A folder that is not there would look as if Go were not.
  if (!existsSync(join(moduleFolder, "go.mod"))) throw new Error(`${moduleFolder} has no go.mod`);
  const pins = ["go.mod", "go.sum"]
    .map((file) => join(moduleFolder, file))
    // Without dependencies a module has no go.sum.
    .map((file) => (existsSync(file) ? readFileSync(file, "utf8") : ""));
  const key = [...pins, JSON.stringify([source.package, source.data]), goVersion(moduleFolder)];
  const folder = await cachedTool(
    { name, key, build: (target) => build(source, target) },
    { ...context },
  );
  return join(folder, name);
}

async function build(source: GoToolSource, folder: string): Promise<void> {
  const { name, moduleFolder } = source;
  await onStage(`build-${name}`, async ({ run }) => {
    const go = (step: string, ...args: string[]): Promise<string> =>
      run({
        name: step,
        program: "go",
        args,
        directory: moduleFolder,
        environment: { ...process.env, ...flags },
      });
    await go("build", "build", "-trimpath", "-ldflags=-s -w", "-o", `${folder}/`, source.package);
    // Go names a program after its folder, which need not be what people call it.
    const built = join(folder, programName(source.package));
    if (built !== join(folder, name)) renameSync(built, join(folder, name));
    if (source.data === undefined) return;
    const { module, folder: part } = source.data;
    const origin = (await go("list", "list", "-m", "-f", "{{.Dir}}", module)).trim();
    cpSync(join(origin, part), join(folder, "data"), { recursive: true });
  });
}

/** Last part of the import path that is no major version. */
function programName(path: string): string {
  const parts = path.split("/").filter((part) => !/^v\d+$/.test(part));
  return parts.at(-1) ?? path;
}

function goVersion(directory: string): string {
  try {
    return execFileSync("go", ["version"], {
      cwd: directory,
      encoding: "utf8",
      env: { ...process.env, ...flags },
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new MissingProgramError(
        "go: not found; install Go 1.26 or newer (https://go.dev/doc/install), which builds the pinned tools of the drills",
        { cause: error },
      );
    throw error;
  }
}
