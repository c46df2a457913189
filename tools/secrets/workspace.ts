import { existsSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { parseCompose, type ComposeFile } from "./compose-file";
import {
  besideIt,
  readServices,
  type ComposeService,
  type EnvFileReference,
} from "./compose-service";
import { parseEnvFile, resolveEnvEntries, type EnvEntry, type EnvFile } from "./env-file";
import { extendsCycles } from "./extends-cycles";
import type { Lookup } from "./interpolation";
import { SecretsError } from "./secrets-error";
import { readSource } from "./source-file";

export interface LoadedCompose {
  readonly compose: ComposeFile;
  readonly services: readonly ComposeService[];
}

interface LoadedEnvFile extends EnvFile {
  readonly path: string;
  readonly source: string;
  /** Given on the command line or found as `.env`: its variables fill the references of the Compose files. */
  readonly interpolates: boolean;
}

/** Everything that a migration reads, checked. */
export interface Workspace {
  readonly composes: readonly LoadedCompose[];
  readonly envFiles: ReadonlyMap<string, LoadedEnvFile>;
  /** Variables that Compose puts into references; what stands in a shell is not read. */
  readonly lookup: Lookup;
  /** What each entry of an interpolating file gives. */
  readonly resolved: ReadonlyMap<EnvEntry, string>;
  readonly notices: readonly string[];
}

/** @throws SecretsError with everything that is wrong with any file. */
export function loadWorkspace(paths: readonly string[]): Workspace {
  const problems: string[] = [];
  const notices: string[] = [];
  const composes: LoadedCompose[] = [];
  const envFiles = new Map<string, LoadedEnvFile>();
  const loadEnv = (
    path: string,
    how: { interpolates: boolean; format?: "dotenv" | "raw" },
  ): void => {
    const known = envFiles.get(resolve(path));
    if (known !== undefined && (known.interpolates || !how.interpolates)) return;
    const read = readSource(path);
    if ("problem" in read) return void problems.push(read.problem);
    const parsed = parseEnvFile(read.text, how.format);
    if (known === undefined)
      problems.push(...parsed.problems.map((problem) => `${path}: ${problem}`));
    const { interpolates } = how;
    envFiles.set(resolve(path), { ...parsed, path, source: read.text, interpolates });
  };
  for (const path of new Set(paths)) {
    if (!isYaml(path)) loadEnv(path, { interpolates: true });
    else composes.push(...loadCompose(path, problems));
  }
  problems.push(...extendsCycles(composes.map(({ compose }) => compose)));
  const composePaths = new Set(composes.map(({ compose }) => resolve(compose.path)));
  for (const { compose, services } of composes) {
    const directory = dirname(compose.path);
    const dotEnv = join(directory, ".env");
    if (existsSync(dotEnv)) loadEnv(dotEnv, { interpolates: true });
    for (const service of services) {
      notices.push(
        ...service.extendsElsewhere
          .filter((file) => !composePaths.has(resolve(besideIt(compose, file))))
          .map((file) => extendsNotice(compose, service, file)),
      );
      for (const reference of service.envFiles) {
        const path = envFilePath(compose, reference);
        if (!reference.required && !existsSync(path)) continue;
        loadEnv(path, { interpolates: false, format: reference.format });
      }
    }
  }
  if (problems.length > 0) throw new SecretsError("the files cannot be migrated", problems);
  return { composes, envFiles, notices: [...new Set(notices)], ...resolveAll(envFiles) };
}

function resolveAll(
  envFiles: ReadonlyMap<string, LoadedEnvFile>,
): Pick<Workspace, "lookup" | "resolved"> {
  const values = new Map<string, string>();
  const resolved = new Map<EnvEntry, string>();
  // `.env` is what Compose falls back to: files that were named win over it.
  const sources = [...envFiles.values()].filter((file) => file.interpolates);
  const isDefault = (file: LoadedEnvFile): boolean =>
    file.path.endsWith(".env") && dotEnvName.test(file.path);
  for (const file of [...sources.filter(isDefault), ...sources.filter((each) => !isDefault(each))])
    for (const [entry, text] of resolveEnvEntries(file.entries, () => undefined)) {
      resolved.set(entry, text);
      values.set(entry.name, text);
    }
  return { lookup: (name) => values.get(name), resolved };
}

const dotEnvName = /(^|[\\/])\.env$/;

export function envFilePath(compose: ComposeFile, reference: EnvFileReference): string {
  return besideIt(compose, reference.path);
}

function loadCompose(path: string, problems: string[]): LoadedCompose[] {
  const read = readSource(path);
  if ("problem" in read) {
    problems.push(read.problem);
    return [];
  }
  const parsed = parseCompose(path, read.text);
  if ("problems" in parsed) {
    problems.push(...parsed.problems);
    return [];
  }
  return [{ compose: parsed.compose, services: readServices(parsed.compose) }];
}

function isYaml(path: string): boolean {
  return [".yaml", ".yml"].includes(extname(path).toLowerCase());
}

function extendsNotice(compose: ComposeFile, service: ComposeService, file: string): string {
  return `${compose.path}: ${service.name} extends a service of ${file}: name that file too`;
}
