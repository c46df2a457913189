import {
  type PolicyProviderResource,
  type PolicyResource,
  type ResourceValidationArgs,
  UnknownValueError,
  unknownCheckingProxy,
} from "@pulumi/policy";
import {
  specialOutputValueSig,
  specialResourceSig,
  specialSecretSig,
  specialSigKey,
} from "@pulumi/pulumi/runtime/rpc";
import { type Rule, rules as allRules } from "../../policy/rules";
import { checkPolicyConfiguration } from "../../policy/shared/configuration";
import type { ResourceRule, StackRule } from "../../policy/shared/rule";

/** How the engine writes a text that a preview does not know yet. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What a test says of a resource; a recorded `Registration` is one. */
export interface AnalyzedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** As registered: unknown values and secrets may be in the engine's own encoding. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What rules about the whole stack see. Default: the inputs. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly parent?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  readonly protect?: boolean;
  /** URN::id, as registered. */
  readonly provider?: string;
}

export interface Violation {
  readonly rule: string;
  readonly level: string;
  readonly urn: string;
  readonly message: string;
}

type Configuration = Readonly<Record<string, unknown>>;

/** All rules over all resources, in this process, as the engine runs them: levels and settings by `configuration`. */
export async function analyzeAll(
  resources: readonly AnalyzedResource[],
  configuration: Configuration = {},
  rules: readonly Rule[] = allRules,
): Promise<Violation[]> {
  // With the beginning of time for today: that a waiver has ended is the rule's to report.
  const problems = checkPolicyConfiguration(rules, configuration, new Date(0));
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const stack = asStack(resources);
  const found: Violation[] = [];
  for (const rule of rules) {
    const { level, settings } = configurationOf(rule, configuration);
    if (level === "disabled") continue;
    const run = { settings, stack, resources };
    for (const [urn, message] of await judge(rule, run))
      found.push({ rule: rule.name, level, urn, message });
  }
  return found;
}

interface Run {
  readonly settings: Configuration;
  readonly stack: readonly PolicyResource[];
  readonly resources: readonly AnalyzedResource[];
}

async function judge(rule: Rule, run: Run): Promise<[urn: string, message: string][]> {
  if ("validateStack" in rule) return judgeStack(rule, run);
  const found: [string, string][] = [];
  for (const resource of run.resources)
    for (const message of await judgeResource(rule, resource, run))
      found.push([resource.urn, message]);
  return found;
}

class NotApplicable extends Error {}
function notApplicable(reason?: string): never {
  throw new NotApplicable(reason);
}

async function judgeResource(
  rule: ResourceRule,
  resource: AnalyzedResource,
  { settings, resources }: Run,
): Promise<string[]> {
  const { type, urn, name } = resource;
  const messages: string[] = [];
  const provider = providerOf(resource, resources);
  const args: ResourceValidationArgs = {
    type,
    urn,
    name,
    props: proxied(resource.inputs),
    opts: optionsOf(resource),
    stackTags: new Map(),
    isType: (resourceClass) => typeOf(resourceClass) === type,
    asType: () => undefined,
    getConfig: (() => settings) as ResourceValidationArgs["getConfig"],
    notApplicable,
    ...(provider && { provider }),
  };
  for (const validate of [rule.validateResource ?? []].flat()) {
    // The engine passes over what the function itself says is not for it.
    const only = typeOf(validate);
    if (only !== undefined && only !== type) continue;
    await guarded(rule, () => validate(args, (message: string) => messages.push(message)));
  }
  return messages;
}

async function judgeStack(rule: StackRule, { settings, stack }: Run) {
  const found: [string, string][] = [];
  await guarded(rule, () =>
    rule.validateStack(
      {
        resources: [...stack],
        stackTags: new Map(),
        getConfig: (() => settings) as ResourceValidationArgs["getConfig"],
        notApplicable,
      },
      (message: string, urn = "") => found.push([urn, message]),
    ),
  );
  return found;
}

/** A rule that an unknown value ends is advice only in the engine, whatever its level: here it is a fault. */
async function guarded(rule: Rule, run: () => Promise<void> | void): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (error instanceof NotApplicable) return;
    if (error instanceof Error && error instanceof UnknownValueError)
      throw new Error(`${rule.name} is lost to an unknown value: ${error.message}`, {
        cause: error,
      });
    throw error;
  }
}

function configurationOf(rule: Rule, configuration: Configuration) {
  const own = configuration[rule.name];
  const { enforcementLevel, ...settings } =
    typeof own === "object" && own !== null
      ? (own as Record<string, unknown>)
      : { enforcementLevel: own };
  const level = [enforcementLevel, configuration["all"], rule.enforcementLevel].find(
    (candidate) => typeof candidate === "string",
  );
  return { level: level ?? "advisory", settings };
}

function asStack(resources: readonly AnalyzedResource[]): PolicyResource[] {
  const stack = resources.map((resource): PolicyResource => {
    const { type, urn, name } = resource;
    const provider = providerOf(resource, resources);
    return {
      type,
      urn,
      name,
      props: proxied(resource.outputs ?? resource.inputs),
      opts: optionsOf(resource),
      dependencies: [],
      propertyDependencies: {},
      isType: (resourceClass) => typeOf(resourceClass) === type,
      asType: () => undefined,
      ...(provider && { provider }),
    };
  });
  const byUrn = new Map(stack.map((resource) => [resource.urn, resource]));
  const found = (urns: readonly string[]) => urns.flatMap((urn) => byUrn.get(urn) ?? []);
  stack.forEach((resource, index) => {
    const { parent = "", dependencies = [], propertyDependencies = {} } = resources[index]!;
    const parentResource = byUrn.get(parent);
    if (parentResource) resource.parent = parentResource;
    resource.dependencies = found(dependencies);
    for (const [property, urns] of Object.entries(propertyDependencies))
      resource.propertyDependencies[property] = found(urns);
  });
  return stack;
}

function providerOf(
  { provider }: AnalyzedResource,
  resources: readonly AnalyzedResource[],
): PolicyProviderResource | undefined {
  const urn = provider?.slice(0, provider.lastIndexOf("::"));
  const resource = resources.find((candidate) => candidate.urn === urn);
  if (resource === undefined) return undefined;
  const { type, name, inputs } = resource;
  return { type, urn: resource.urn, name, props: proxied(inputs) };
}

function optionsOf({ protect = false, parent }: AnalyzedResource) {
  return {
    protect,
    ignoreChanges: [],
    aliases: [],
    customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
    additionalSecretOutputs: [],
    ...(parent !== undefined && parent !== "" && { parent }),
  };
}

function typeOf(subject: object): string | undefined {
  const type: unknown = Reflect.get(subject, "__pulumiType");
  return typeof type === "string" ? type : undefined;
}

// Exported, yet without a type.
const wrap = unknownCheckingProxy as (properties: unknown) => Record<string, unknown>;

function proxied(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return wrap(decode(properties));
}

/** From the engine's encoding to what a rule sees: secrets in the clear, outputs as their values. */
function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value !== "object" || value === null) return value;
  const tree = value as Record<string, unknown>;
  switch (tree[specialSigKey]) {
    case specialSecretSig:
      return decode(tree["value"]);
    case specialOutputValueSig:
      return "value" in tree ? decode(tree["value"]) : unknownText;
    case specialResourceSig:
      return tree["id"] ?? tree["urn"];
  }
  return Object.fromEntries(
    Object.entries(tree)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, decode(item)]),
  );
}

/** One resource of a test, with a URN as the engine builds it. */
export function resource(
  type: string,
  inputs: Readonly<Record<string, unknown>>,
  more: Partial<AnalyzedResource> = {},
): AnalyzedResource {
  const name = more.name ?? "subject";
  return { type, name, urn: `urn:pulumi:test::auterity::${type}::${name}`, inputs, ...more };
}

/** The messages of one rule about one resource, with a provider if the test has one. */
export async function violations(
  rule: Rule,
  subject: AnalyzedResource,
  { settings = {}, around = [] }: { settings?: Configuration; around?: AnalyzedResource[] } = {},
): Promise<string[]> {
  const found = await analyzeAll([subject, ...around], { [rule.name]: settings }, [rule]);
  return found.filter(({ urn }) => urn === subject.urn).map(({ message }) => message);
}
