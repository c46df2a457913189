import { networkWafRules } from "../../policy/rules/network-waf-rules";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const webAcl = "aws:wafv2/webAcl:WebAcl";
const visibilityConfig = { cloudwatchMetricsEnabled: true };
const managed = (name: string, overrideAction: object = { none: {} }) => ({
  name,
  overrideAction,
  statement: { managedRuleGroupStatement: { name, vendorName: "AWS" } },
  visibilityConfig,
});
const narrowed = (name = "", more: object) => ({
  name,
  overrideAction: { none: {} },
  statement: { managedRuleGroupStatement: { name, vendorName: "AWS", ...more } },
  visibilityConfig,
});
const rate = (limit: unknown, more: object = {}, action: object = { block: {} }) => ({
  name: "rate",
  action,
  statement: { rateBasedStatement: { limit, aggregateKeyType: "IP", ...more } },
  visibilityConfig,
});
const names = ["CommonRuleSet", "KnownBadInputsRuleSet", "SQLiRuleSet"].map(
  (name) => `AWSManagedRules${name}`,
);
const groups = names.map((name) => managed(name));
const noLimit = "rules: none blocks an address after 1000 requests in five minutes";
const counting = [
  ...names.map((name) => managed(name, { count: {} })),
  rate(500, {}, { count: {} }),
];

describeRule(networkWafRules, [
  ["all groups and a limit pass", webAcl, { visibilityConfig, rules: [...groups, rate(1000)] }, []],
  [
    "no rules are reported one by one",
    webAcl,
    { scope: "REGIONAL", visibilityConfig },
    [noLimit, ...names.map((name) => `rules: ${name} is missing`)],
  ],
  [
    "a missing group is reported",
    webAcl,
    { visibilityConfig, rules: [...groups.slice(1), rate(100)] },
    [`rules: ${names[0]} is missing`],
  ],
  ["a high limit is none", webAcl, { visibilityConfig, rules: [...groups, rate(1001)] }, [noLimit]],
  [
    "a limit within a shorter time counts five times",
    webAcl,
    { visibilityConfig, rules: [...groups, rate(201, { evaluationWindowSec: 60 })] },
    [noLimit],
  ],
  [
    "as much in a minute as is allowed in five passes",
    webAcl,
    { visibilityConfig, rules: [...groups, rate(200, { evaluationWindowSec: 60 })] },
    [],
  ],
  [
    "a limit that counts limits nobody",
    webAcl,
    { visibilityConfig, rules: [...groups, rate(500, {}, { count: {} })] },
    [noLimit],
  ],
  [
    "rules that all only count are reported",
    webAcl,
    { visibilityConfig, rules: counting },
    [noLimit, ...names.map((name) => `rules: ${name} only counts`)],
  ],
  [
    "one group that only counts is reported",
    webAcl,
    { visibilityConfig, rules: [managed(names[0]!, { count: {} }), ...groups.slice(1), rate(500)] },
    [`rules: ${names[0]} only counts`],
  ],
  [
    "a limit that a preview does not know is one",
    webAcl,
    { visibilityConfig, rules: [...groups, rate(unknownText)] },
    [],
  ],
  [
    "a rule that a preview does not know may be any",
    webAcl,
    { visibilityConfig, rules: [unknownText] },
    [],
  ],
  [
    "the limit and the groups can be given",
    webAcl,
    { visibilityConfig, rules: [rate(2000)] },
    [],
    { settings: { requestsPerFiveMinutes: 2000, managedGroups: [] } },
  ],
  [
    "a limit that looks at some requests only is none",
    webAcl,
    {
      visibilityConfig,
      rules: [...groups, rate(500, { scopeDownStatement: { byteMatchStatement: {} } })],
    },
    [noLimit],
  ],
  [
    "a group that looks at some requests only, or lets a rule through, is reported",
    webAcl,
    {
      visibilityConfig,
      rules: [
        ...groups.slice(2),
        narrowed(names[0], { scopeDownStatement: { byteMatchStatement: {} } }),
        narrowed(names[1], {
          ruleActionOverrides: [
            { name: "Log4JRCE_BODY", actionToUse: { count: {} } },
            { name: "Host_localhost_HEADER", actionToUse: { allow: {} } },
            { name: "JavaDeserializationRCE_BODY", actionToUse: { block: {} } },
            { name: "SizeRestrictions_BODY", actionToUse: { count: {} } },
          ],
        }),
        rate(500),
      ],
    },
    [
      `rules: ${names[0]} looks at some requests only (scopeDownStatement)`,
      `rules: ${names[1]} lets Log4JRCE_BODY through`,
      `rules: ${names[1]} lets Host_localhost_HEADER through`,
    ],
  ],
  [
    "what does not measure is reported",
    webAcl,
    { rules: [...groups, { ...rate(1000), visibilityConfig: {} }] },
    [
      "visibilityConfig.cloudwatchMetricsEnabled: is not true",
      "rules[3].visibilityConfig.cloudwatchMetricsEnabled: is not true",
    ],
  ],
  [
    "rules in one text cannot be judged",
    webAcl,
    { visibilityConfig, ruleJson: "[]" },
    ["ruleJson: cannot be judged, need everything in rules"],
  ],
]);
