import { isTree } from "./is-tree";
import { type JsonSchema, schemaProblems } from "./json-schema";

/** What has to be known of a rule to check its configuration; the policy server tells as much. */
export interface RuleShape {
  readonly name: string;
  readonly configSchema?: { readonly properties: Readonly<Record<string, JsonSchema>> };
}

const levels = ["advisory", "mandatory", "remediate", "disabled"];

/**
 * What is wrong with a policy configuration as `--policy-pack-config` takes it; empty if nothing is.
 * The command line accepts names and settings that no rule has, in silence: a misspelt rule then keeps its own level.
 */
export function checkPolicyConfiguration(
  rules: readonly RuleShape[],
  configuration: unknown,
  now: Date = new Date(),
): string[] {
  if (!isTree(configuration)) return ["configuration: need an object with a key for each rule"];
  const byName = new Map(rules.map((rule) => [rule.name, rule]));
  return Object.entries(configuration).flatMap(([name, value]) => {
    if (name === "all") return levelProblems("all", value);
    const rule = byName.get(name);
    if (rule === undefined) return [`${name}: there is no such rule`];
    return isTree(value) ? ruleProblems(rule, value, now) : levelProblems(name, value);
  });
}

function ruleProblems(
  { name, configSchema }: RuleShape,
  { enforcementLevel, ...settings }: Readonly<Record<string, unknown>>,
  now: Date,
): string[] {
  return [
    ...(enforcementLevel === undefined
      ? []
      : levelProblems(`${name}.enforcementLevel`, enforcementLevel)),
    ...Object.entries(settings).flatMap(([key, value]) => {
      const schema = configSchema?.properties[key];
      return schema === undefined
        ? [`${name}.${key}: the rule has no such setting`]
        : schemaProblems(`${name}.${key}`, value, schema);
    }),
    ...waiverProblems(name, settings["exempt"], now),
  ];
}

function levelProblems(path: string, value: unknown): string[] {
  return typeof value === "string" && levels.includes(value)
    ? []
    : [`${path}: got ${JSON.stringify(value)}, need one of ${levels.join(", ")}`];
}

/** Waivers that have ended: one whose resource is gone would never be noticed by its rule. */
export function waiverProblems(name: string, waivers: unknown, now: Date): string[] {
  if (!Array.isArray(waivers)) return [];
  const today = now.toISOString().slice(0, 10);
  return waivers.flatMap((waiver: unknown, index) => {
    const until = isTree(waiver) ? waiver["until"] : undefined;
    return typeof until === "string" && until < today
      ? [
          `${name}.exempt[${index}]: ended on ${until}; fix what it excused, or renew it with a reason`,
        ]
      : [];
  });
}
