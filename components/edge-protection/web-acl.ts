import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedEdgeProtectionArgs } from "./args";
import { bodySizeRules } from "./body-size";
import { edgeRules, type EdgeRule } from "./rules";

export type AclRule = aws.types.input.wafv2.WebAclRule;

/** The bodies of refusals of our own; the managed groups answer a bare 403, which WAF lets nobody change. */
const refusals = {
  "rate-limited": "Too many requests from this address. Try again in five minutes.",
  "body-too-large": "The body of this request is larger than this address accepts.",
} as const;

/** The firewall in front of every public host, and of the user directory. */
export function createWebAcl(
  name: string,
  spec: ResolvedEdgeProtectionArgs,
  owned: pulumi.CustomResourceOptions,
): aws.wafv2.WebAcl {
  return new aws.wafv2.WebAcl(
    name,
    {
      region: spec.region,
      description: `Public hosts of ${spec.domain}`,
      scope: "REGIONAL",
      // What no rule refuses is the application's to judge.
      defaultAction: { allow: {} },
      rules: planRules(name, spec),
      customResponseBodies: Object.entries(refusals).map(([key, error]) => ({
        key,
        contentType: "APPLICATION_JSON",
        content: JSON.stringify({ error }),
      })),
      dataProtectionConfig: { dataProtections },
      visibilityConfig: visibility(name),
      tags: spec.tags,
    },
    owned,
  );
}

/** Rules in the order of their priorities. */
function planRules(name: string, spec: ResolvedEdgeProtectionArgs): AclRule[] {
  const rules = edgeRules.map((entry): AclRule => {
    const { rule, priority } = entry;
    const counts = isCounting(spec, rule);
    const common = { name: rule, priority, visibilityConfig: visibility(`${name}-${rule}`) };
    return "group" in entry
      ? {
          ...common,
          overrideAction: counts ? { count: {} } : { none: {} },
          statement: {
            managedRuleGroupStatement: {
              vendorName: "AWS",
              name: entry.group,
              ...(rule === "common" && spec.largeBodyPaths.length > 0 && onlyLabelLargeBodies),
            },
          },
        }
      : {
          ...common,
          action: counts ? { count: {} } : refuse(429, "rate-limited"),
          statement: {
            rateBasedStatement: {
              aggregateKeyType: "IP",
              limit: spec.requestsPerFiveMinutes,
              evaluationWindowSec: rateWindowSeconds,
            },
          },
        };
  });
  const size = bodySizeRules(spec.largeBodyPaths, {
    action: isCounting(spec, "common") ? { count: {} } : refuse(413, "body-too-large"),
    visibility: (rule) => visibility(`${name}-${rule}`),
  });
  return [...rules, ...size];
}

export function isCounting({ countUntil }: ResolvedEdgeProtectionArgs, rule: EdgeRule): boolean {
  return countUntil[rule] !== undefined;
}

const rateWindowSeconds = 300;

/** The group's own limit knows no exception: it labels, and a rule of ours refuses what has the label. */
const onlyLabelLargeBodies = {
  ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
};

/** @see https://docs.aws.amazon.com/waf/latest/developerguide/customizing-the-response-for-blocked-requests.html */
function refuse(responseCode: number, key: keyof typeof refusals): AclRule["action"] {
  return { block: { customResponse: { responseCode, customResponseBodyKey: key } } };
}

function visibility(metricName: string): aws.types.input.wafv2.WebAclVisibilityConfig {
  return { cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName };
}

/** Headers with which a request proves who sends it. */
export const credentialHeaders = ["authorization", "cookie"] as const;

/** Sampled requests show up in the console of everybody who may look at the firewall. */
const dataProtections = [
  {
    field: { fieldType: "SINGLE_HEADER", fieldKeys: [...credentialHeaders] },
    action: "SUBSTITUTION",
  },
  { field: { fieldType: "QUERY_STRING" }, action: "SUBSTITUTION" },
];
