import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { onStage, type ProgramStart } from "./processes";
import { cachedTool, MissingProgramError, type ToolContext } from "./tool-cache";

/** A program of a Go module. */
export interface GoToolSource {
  readonly name: string;
  /** Folder with the `go.mod` and `go.sum` that pin it and all that goes into it. */
  readonly moduleFolder: string;
  /** Import path of the program, one of the `tool` lines of that `go.mod`. */
  readonly package: string;
}

/** The programs that drills run: module below `tests/drills/tools/`, and import path. */
const programs = {
  etcd: { module: "etcd", package: "go.etcd.io/etcd/server/v3" },
  "kube-apiserver": { module: "kubernetes", package: "k8s.io/kubernetes/cmd/kube-apiserver" },
  "kube-controller-manager": {
    module: "kubernetes",
    package: "k8s.io/kubernetes/cmd/kube-controller-manager",
  },
  "kube-scheduler": { module: "kubernetes", package: "k8s.io/kubernetes/cmd/kube-scheduler" },
  kwok: { module: "kwok", package: "sigs.k8s.io/kwok/cmd/kwok" },
  "keda-operator": { module: "keda", package: "github.com/kedacore/keda/v2/cmd/operator" },
  "keda-adapter": { module: "keda", package: "github.com/kedacore/keda/v2/cmd/adapter" },
  // With its own provider of simulated nodes: the one for AWS needs AWS.
  karpenter: { module: "karpenter", package: "sigs.k8s.io/karpenter/kwok" },
  "argo-rollouts": {
    module: "argo-rollouts",
    package: "github.com/argoproj/argo-rollouts/cmd/rollouts-controller",
  },
  "external-secrets": {
    module: "external-secrets",
    package: "github.com/external-secrets/external-secrets",
  },
  cyclonus: {
    module: "cyclonus",
    package: "github.com/mattfenwick/cyclonus/cmd/cyclonus",
  },
  alertmanager: {
    module: "alertmanager",
    package: "github.com/prometheus/alertmanager/cmd/alertmanager",
  },
  amtool: {
    module: "alertmanager",
    package: "github.com/prometheus/alertmanager/cmd/amtool",
  },
  // With the components that are planned and no others: a main of our own.
  otelcol: { module: "otelcol", package: "auterity.invalid/drills/otelcol" },
  jaeger: { module: "jaeger", package: "github.com/jaegertracing/jaeger/cmd/jaeger" },
  "victoria-logs": {
    module: "victorialogs",
    package: "github.com/VictoriaMetrics/VictoriaLogs/app/victoria-logs",
  },
  actionlint: { module: "lint", package: "github.com/rhysd/actionlint/cmd/actionlint" },
  gitleaks: { module: "lint", package: "github.com/zricethezav/gitleaks/v8" },
} as const;

/** Folders of the same modules with files that drills read: module below `tests/drills/tools/`, and its path. */
const files = {
  kwok: {
    module: "kwok",
    path: "sigs.k8s.io/kwok",
    folders: [
      "kustomize/stage/node/fast",
      "kustomize/stage/node/heartbeat-with-lease",
      "kustomize/stage/pod/fast",
    ],
  },
  keda: { module: "keda", path: "github.com/kedacore/keda/v2", folders: ["config/crd/bases"] },
  karpenter: {
    module: "karpenter",
    path: "sigs.k8s.io/karpenter",
    folders: ["pkg/apis/crds", "kwok/apis/crds"],
  },
  "argo-rollouts": {
    module: "argo-rollouts",
    path: "github.com/argoproj/argo-rollouts",
    folders: ["manifests/crds"],
  },
  "external-secrets": {
    module: "external-secrets",
    path: "github.com/external-secrets/external-secrets",
    folders: ["config/crds/bases"],
  },
} as const;

export type GoTool = keyof typeof programs;

/** Path of a pinned program, built when it is asked for the first time. @throws MissingProgramError without Go. */
export function goTool(name: GoTool, context: ToolContext): Promise<string> {
  return buildGoTool(sourceOf(name, context), context);
}

/** Folder with files of a pinned module, of which nothing is built. @throws MissingProgramError without Go. */
export async function goFiles(name: keyof typeof files, context: ToolContext): Promise<string> {
  const { module, path, folders } = files[name];
  const moduleFolder = join(context.projectDirectory, toolFolder, module);
  const key = [...pinsOf(moduleFolder), path, ...folders, goVersion(moduleFolder)];
  const build = (target: string): Promise<void> =>
    onStage(`download-${name}`, async ({ run }) => {
      const args = ["mod", "download", "-json", path];
      const answer = await run(goCommand("download", moduleFolder, args));
      const { Dir: origin } = JSON.parse(answer) as { readonly Dir: string };
      for (const folder of folders) cpSync(join(origin, folder), target, { recursive: true });
    });
  return cachedTool({ name: `${name}-files`, key, build, waits: false }, { ...context });
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
  const key = [...pinsOf(moduleFolder), source.package, goVersion(moduleFolder)];
  const folder = await cachedTool(
    { name, key, build: (target) => build(source, target) },
    { ...context },
  );
  return join(folder, name);
}

function pinsOf(moduleFolder: string): string[] {
  // Without dependencies a module has no go.sum, and without a program of its own no main.go.
  const read = (file: string): string | undefined =>
    existsSync(join(moduleFolder, file))
      ? readFileSync(join(moduleFolder, file), "utf8")
      : undefined;
  const main = read("main.go");
  return [read("go.mod") ?? "", read("go.sum") ?? "", ...(main === undefined ? [] : [main])];
}

async function build(source: GoToolSource, folder: string): Promise<void> {
  const { name, moduleFolder } = source;
  await onStage(`build-${name}`, async ({ run }) => {
    const args = ["build", "-trimpath", "-ldflags=-s -w", "-o", `${folder}/`, source.package];
    await run(goCommand("build", moduleFolder, args));
    // Go names a program after its folder, which need not be what people call it.
    const built = join(folder, programName(source.package));
    if (built !== join(folder, name)) renameSync(built, join(folder, name));
  });
}

function goCommand(name: string, directory: string, args: readonly string[]): ProgramStart {
  return { name, program: "go", args, directory, environment: { ...process.env, ...flags } };
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
