import { awsFoundational } from "../shared/frameworks";
import { snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { listAt, textAt, valueAt } from "../shared/tree";

interface Settings {
  /** Requests within five minutes after which an address is refused. */
  requestsPerFiveMinutes: number;
  /** Groups of AWS that every web ACL has, and that block. */
  managedGroups: string[];
  /** Rules of those groups that may only count, because another rule does their work. */
  countedRules: string[];
}

const fiveMinutes = 300;

export const networkWafRules = resourceRule<Settings>({
  name: "network-waf-rules",
  description:
    "A web ACL limits the rate of an address, blocks by the groups in `managedGroups`, and measures what it does.",
  reach: "production",
  severity: "high",
  framework: awsFoundational(
    "WAF.10",
    "AWS WAF web ACLs should have at least one rule or rule group",
  ),
  tags: ["fsbp:WAF.10", "fsbp:WAF.12", "ckv:CKV_AWS_175", "ckv:CKV_AWS_192"],
  remediationSteps:
    "Add the rate-based rule and the missing groups, let them block, and switch their metrics on.",
  url: "https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html",
  settings: {
    requestsPerFiveMinutes: { type: "number", default: 1000 },
    managedGroups: {
      type: "array",
      items: { type: "string" },
      default: [
        "AWSManagedRulesCommonRuleSet",
        "AWSManagedRulesKnownBadInputsRuleSet",
        "AWSManagedRulesSQLiRuleSet",
      ],
    },
    countedRules: {
      type: "array",
      items: { type: "string" },
      default: ["SizeRestrictions_BODY"],
    },
  },
  checks: [
    onResource(["aws:wafv2/webAcl:WebAcl"], ({ props, settings, report }) => {
      if (!measures(snapshot(() => props["visibilityConfig"])))
        report("visibilityConfig.cloudwatchMetricsEnabled: is not true");
      if ("ruleJson" in props) {
        report("ruleJson: cannot be judged, need everything in rules");
        return;
      }
      const given = snapshot(() => props["rules"]);
      const rules = listAt({ given }, "given");
      if (given === unknownValue || rules.includes(unknownValue)) return;
      for (const problem of problemsOf(rules, settings)) report(problem);
    }),
  ],
});

function problemsOf(rules: readonly unknown[], settings: Settings): string[] {
  const most = settings.requestsPerFiveMinutes;
  return [
    ...(rules.some((rule) => limits(rule, most))
      ? []
      : [`rules: none blocks an address after ${most} requests in five minutes`]),
    ...settings.managedGroups.flatMap((group) => {
      const rule = rules.find(
        (candidate) =>
          textAt(candidate, "statement", "managedRuleGroupStatement", "name") === group,
      );
      if (rule === undefined) return [`rules: ${group} is missing`];
      return groupProblems(group, rule, settings);
    }),
    ...rules.flatMap((rule, index) =>
      measures(valueAt(rule, "visibilityConfig"))
        ? []
        : [`rules[${index}].visibilityConfig.cloudwatchMetricsEnabled: is not true`],
    ),
  ];
}

/** A group that looks at few requests, or whose rules count one by one, is there and does not protect. */
function groupProblems(group: string, rule: unknown, { countedRules }: Settings): string[] {
  const statement = valueAt(rule, "statement", "managedRuleGroupStatement");
  const counted = listAt(statement, "ruleActionOverrides").flatMap((override) => {
    const name = textAt(override, "name") ?? "a rule";
    const blocks = valueAt(override, "actionToUse", "count") === undefined;
    const allows = valueAt(override, "actionToUse", "allow") !== undefined;
    return (blocks && !allows) || countedRules.includes(name) ? [] : [name];
  });
  return [
    ...(valueAt(rule, "overrideAction", "count") === undefined
      ? []
      : [`rules: ${group} only counts`]),
    ...(isSet(valueAt(statement, "scopeDownStatement"))
      ? [`rules: ${group} looks at some requests only (scopeDownStatement)`]
      : []),
    ...counted.map((name) => `rules: ${group} lets ${name} through`),
  ];
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== unknownValue;
}

function limits(rule: unknown, most: number): boolean {
  const statement = valueAt(rule, "statement", "rateBasedStatement");
  const limit = valueAt(statement, "limit");
  const window = valueAt(statement, "evaluationWindowSec") ?? fiveMinutes;
  if (statement === unknownValue || limit === unknownValue || window === unknownValue) return true;
  return (
    typeof limit === "number" &&
    typeof window === "number" &&
    (limit * fiveMinutes) / window <= most &&
    !isSet(valueAt(statement, "scopeDownStatement")) &&
    valueAt(rule, "action", "count") === undefined
  );
}

function measures(visibility: unknown): boolean {
  const enabled = valueAt(visibility, "cloudwatchMetricsEnabled");
  return enabled === true || enabled === unknownValue;
}
