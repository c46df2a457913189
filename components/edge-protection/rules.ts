/**
 * What the web ACL asks of every request, in the order in which it asks: cheap and certain first.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
export const edgeRules = [
  { rule: "rate-limit", priority: 10 },
  { rule: "ip-reputation", priority: 20, group: "AWSManagedRulesAmazonIpReputationList" },
  { rule: "anonymous-ip", priority: 30, group: "AWSManagedRulesAnonymousIpList" },
  { rule: "known-bad-inputs", priority: 40, group: "AWSManagedRulesKnownBadInputsRuleSet" },
  { rule: "common", priority: 50, group: "AWSManagedRulesCommonRuleSet" },
  { rule: "sql-injection", priority: 60, group: "AWSManagedRulesSQLiRuleSet" },
] as const;

export type EdgeRule = (typeof edgeRules)[number]["rule"];

export const edgeRuleNames: readonly string[] = edgeRules.map(({ rule }) => rule);

/**
 * The attacks that the probe knows, and the rule that has to refuse each: one that only counts lets its attacks pass.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 */
export const probedAttacks = {
  "sql-injection": "sql-injection",
  "cross-site-scripting": "common",
  "path-traversal": "common",
  "log4j-lookup": "known-bad-inputs",
  "exploitable-path": "known-bad-inputs",
} as const satisfies Record<string, EdgeRule>;
