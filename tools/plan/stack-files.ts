import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { PlanError } from "./plan-error";

/** The values of one environment, as the real engine hands them to the program. */
export interface StackFile {
  readonly environment: string;
  /** Name of the Pulumi project. */
  readonly project: string;
  /** Full keys, `namespace:key`; objects as JSON text. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys whose values are encrypted in the file. */
  readonly secretKeys: readonly string[];
  /** Every single value by its path, such as `auterity:network.cidrBlock`, to compare environments. */
  readonly settings: Readonly<Record<string, string>>;
}

const stackFileName = /^Pulumi\.([A-Za-z0-9][A-Za-z0-9._-]*)\.yaml$/;

/** Stands for an encrypted value, which a plan has no key to read. */
const encrypted = "[secret]";

/** @throws PlanError if the folder cannot be read. */
export function listEnvironments(projectDirectory: string): string[] {
  return filesOf(projectDirectory)
    .flatMap((file) => stackFileName.exec(file)?.[1] ?? [])
    .sort();
}

function filesOf(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    throw new PlanError(`${directory} is no project folder: ${(error as Error).message}`);
  }
}

/** @throws PlanError for an unknown environment, with the known ones, and for a file that is no such YAML. */
export function readStackFile(projectDirectory: string, environment: string): StackFile {
  const known = listEnvironments(projectDirectory);
  if (!known.includes(environment)) {
    throw new PlanError(
      `environment: got "${environment}", need one of ${known.join(", ") || "none: there is no Pulumi.ENVIRONMENT.yaml"}`,
    );
  }
  const projectFile = readYaml(projectDirectory, "Pulumi.yaml");
  const project = projectFile["name"];
  if (typeof project !== "string")
    throw new PlanError("Pulumi.yaml: name: need the project's name");
  const source = `Pulumi.${environment}.yaml`;
  const values = {
    ...projectDefaults(project, asMap("Pulumi.yaml", "config", projectFile["config"])),
    ...qualified(project, asMap(source, "config", readYaml(projectDirectory, source)["config"])),
  };
  const secretKeys = Object.keys(values).filter((key) => holdsSecret(values[key]));
  const readable = mapValues(values, withoutSecrets);
  return {
    environment,
    project,
    config: mapValues(readable, asEngineText),
    secretKeys,
    settings: flatten(readable),
  };
}

function readYaml(directory: string, file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(join(directory, file), "utf8");
  } catch (error) {
    throw new PlanError(`${file}: cannot be read: ${(error as Error).message}`);
  }
  const document = parseDocument(text, { merge: true });
  const problems = document.errors.map((error) => error.message.split("\n")[0]);
  if (problems.length > 0)
    throw new PlanError(`${file} is no YAML:\n  - ${problems.join("\n  - ")}`);
  return asMap(file, "the document", document.toJS());
}

function asMap(file: string, what: string, value: unknown): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (isMap(value)) return value;
  throw new PlanError(`${file}: ${what}: got ${JSON.stringify(value)}, need keys with values`);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A key without a namespace belongs to the project. */
function qualified(project: string, config: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key.includes(":") ? key : `${project}:${key}`,
      value,
    ]),
  );
}

/** Values that the project file gives to every stack: `key: value`, or `key: { value }`, or `key: { default }`. */
function projectDefaults(
  project: string,
  config: Record<string, unknown>,
): Record<string, unknown> {
  const given = Object.entries(config).map(([key, entry]): [string, unknown] => [
    key,
    isMap(entry) ? (entry["value"] ?? entry["default"]) : entry,
  ]);
  return qualified(project, Object.fromEntries(given.filter(([, value]) => value !== undefined)));
}

function isSecret(value: unknown): boolean {
  return isMap(value) && typeof value["secure"] === "string" && Object.keys(value).length === 1;
}

function holdsSecret(value: unknown): boolean {
  if (isSecret(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsSecret);
}

function withoutSecrets(value: unknown): unknown {
  if (isSecret(value)) return encrypted;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  return isMap(value) ? mapValues(value, withoutSecrets) : value;
}

function asEngineText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function mapValues<T>(
  map: Record<string, unknown>,
  change: (value: unknown) => T,
): Record<string, T> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}

function flatten(value: Record<string, unknown>, prefix = ""): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [key, entry] of Object.entries(value)) {
    const path = `${prefix}${key}`;
    if (isMap(entry) && Object.keys(entry).length > 0)
      Object.assign(flat, flatten(entry, `${path}.`));
    else if (Array.isArray(entry) && !entry.some(isMap)) flat[path] = entry.map(String).join(", ");
    else flat[path] = asEngineText(entry);
  }
  return flat;
}
