import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import {
  type AnalyzerInfo,
  ConfigureAnalyzerRequest,
  EnforcementLevel as Level,
  PolicyConfig,
  type PolicyInfo,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { z } from "zod";
import { waiverProblems } from "../../policy/shared/configuration";
import { PlanError } from "../plan/plan-error";
import type { EnforcementLevel } from "./verdict";

type Properties = Record<string, unknown>;
type JsonSchema = Exclude<Parameters<typeof z.fromJSONSchema>[0], boolean>;

const levelNames = {
  advisory: Level.ADVISORY,
  mandatory: Level.MANDATORY,
  remediate: Level.REMEDIATE,
  disabled: Level.DISABLED,
} as const satisfies Record<EnforcementLevel, Level>;

/** What an environment says about one rule: only a level, or a level and the rule's own properties. */
const level = z.enum(["advisory", "mandatory", "remediate", "disabled"]);
const ruleEntry = z.union(
  [level, z.looseObject({ enforcementLevel: level.optional() })],
  "need advisory, mandatory, remediate or disabled, alone or as enforcementLevel beside the rule's properties",
);

export interface PolicyConfiguration {
  readonly request: ConfigureAnalyzerRequest;
  readonly levels: ReadonlyMap<string, EnforcementLevel>;
}

/** The file that `--policy-pack-config` takes; without one every rule keeps its own level. @throws PlanError */
export function readPolicyLevels(file: string): unknown {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, "utf8")) as unknown;
  } catch (error) {
    throw new PlanError(`policy configuration: ${file} is no JSON: ${(error as Error).message}`);
  }
}

/**
 * Levels and properties of every rule: the pack's own, then "all", then what the file says of the rule; properties
 * left out get the default of their schema, as the command line does it.
 * @throws PlanError with every entry that names no rule, or that its rule does not accept.
 */
export function resolvePolicyConfiguration(
  file: string,
  content: unknown,
  info: AnalyzerInfo,
): PolicyConfiguration {
  const entries = z.record(z.string(), z.unknown()).safeParse(content);
  if (!entries.success) throw refusal(file, ["need an object: a level, or properties, by rule"]);
  const rules = info.getPoliciesList();
  const known = new Set(rules.map((rule) => rule.getName()));
  const problems = Object.keys(entries.data)
    .filter((name) => name !== "all" && !known.has(name))
    .map((name) => `${name}: names no rule of ${info.getName()}${suggestion(name, known)}`);

  const all = readEntry("all", entries.data["all"], problems);
  if (Object.keys(all.properties).length > 0)
    problems.push(`all: got ${Object.keys(all.properties).join(", ")}, need a level alone`);
  const request = new ConfigureAnalyzerRequest();
  const levels = new Map<string, EnforcementLevel>();
  for (const rule of rules) {
    const name = rule.getName();
    const own = readEntry(name, entries.data[name], problems);
    problems.push(...waiverProblems(name, own.properties["exempt"], new Date()));
    const enforcement = own.level ?? all.level ?? levelOf(rule.getEnforcementlevel());
    const config = new PolicyConfig();
    config.setEnforcementlevel(levelNames[enforcement]);
    config.setProperties(asStruct(withDefaults(rule, own.properties, problems)));
    request.getPolicyconfigMap().set(name, config);
    levels.set(name, enforcement);
  }
  if (problems.length > 0) throw refusal(file, problems);
  return { request, levels };
}

function refusal(file: string, problems: readonly string[]): PlanError {
  return new PlanError(
    `policy configuration ${basename(file)} was refused:\n  - ${problems.join("\n  - ")}`,
  );
}

function readEntry(
  name: string,
  entry: unknown,
  problems: string[],
): { level?: EnforcementLevel; properties: Properties } {
  if (entry === undefined) return { properties: {} };
  const parsed = ruleEntry.safeParse(entry);
  if (!parsed.success) {
    const problem = parsed.error.issues[0]?.message ?? "is not accepted";
    problems.push(`${name}: got ${JSON.stringify(entry)}, ${problem}`);
    return { properties: {} };
  }
  if (typeof parsed.data === "string") return { level: parsed.data, properties: {} };
  const { enforcementLevel, ...properties } = parsed.data;
  return { ...(enforcementLevel && { level: enforcementLevel }), properties };
}

function withDefaults(rule: PolicyInfo, given: Properties, problems: string[]): Properties {
  const schema = rule.getConfigschema();
  const properties = schema?.getProperties()?.toJavaScript() ?? {};
  const required = schema?.getRequiredList() ?? [];
  if (Object.keys(given).length === 0 && required.length === 0) return defaultsOf(properties);
  const accepted = z.fromJSONSchema({
    type: "object",
    properties: properties as NonNullable<JsonSchema["properties"]>,
    required,
    additionalProperties: false,
  });
  const parsed = accepted.safeParse(given);
  if (parsed.success) return parsed.data as Properties;
  for (const { path, message } of parsed.error.issues) {
    problems.push(`${[rule.getName(), ...path.map(String)].join(".")}: ${message}`);
  }
  return {};
}

function defaultsOf(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, property]) =>
      typeof property === "object" && property !== null && "default" in property
        ? [[name, property.default]]
        : [],
    ),
  );
}

function asStruct(properties: Properties): Struct {
  return Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);
}

export function levelOf(value: Level): EnforcementLevel {
  switch (value) {
    case Level.ADVISORY:
      return "advisory";
    case Level.MANDATORY:
      return "mandatory";
    case Level.DISABLED:
      return "disabled";
    case Level.REMEDIATE:
      return "remediate";
  }
}

/** The rule that was probably meant: the one that shares the longest beginning, if that is half of the name. */
function suggestion(name: string, known: ReadonlySet<string>): string {
  let best = "";
  let shared = 0;
  for (const candidate of known) {
    let length = 0;
    while (length < name.length && name[length] === candidate[length]) length += 1;
    if (length > shared) [best, shared] = [candidate, length];
  }
  return shared * 2 >= name.length ? `; did you mean ${best}?` : "";
}
