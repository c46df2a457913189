import type * as aws from "@pulumi/aws";
import type { LargeBodyPath } from "./args";
import type { AclRule } from "./web-acl";

type Statement = aws.types.input.wafv2.WebAclRuleStatement;

interface Manner {
  readonly action: AclRule["action"];
  readonly visibility: (rule: string) => AclRule["visibilityConfig"];
}

/** Of requests whose place may take any body. */
const allowedLabel = "body-size:large-allowed";
/** Of requests whose body the load balancer shows to the firewall in part only: the first 8 KiB. */
const largeLabel = "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body";

/**
 * Refuses bodies of which the firewall sees only the beginning, everywhere but on the given paths. There, the beginning is
 * inspected all the same, and the application has to hold its own limit.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-oversize-request-components.html
 */
export function bodySizeRules(
  paths: readonly LargeBodyPath[],
  { action, visibility }: Manner,
): AclRule[] {
  const [first, ...others] = paths.map(isPlace);
  if (first === undefined) return [];
  const allow = {
    name: "large-body-allowed",
    priority: 70,
    action: { count: {} },
    ruleLabels: [{ name: allowedLabel }],
    statement: others.length === 0 ? first : { orStatement: { statements: [first, ...others] } },
    visibilityConfig: visibility("large-body-allowed"),
  };
  const limit = {
    name: "body-size",
    priority: 80,
    ...(action !== undefined && { action }),
    statement: {
      andStatement: {
        statements: [hasLabel(largeLabel), { notStatement: { statement: hasLabel(allowedLabel) } }],
      },
    },
    visibilityConfig: visibility("body-size"),
  };
  return [allow, limit];
}

function hasLabel(key: string): Statement {
  return { labelMatchStatement: { scope: "LABEL", key } };
}

function isPlace({ host, pathPrefix }: LargeBodyPath): Statement {
  return {
    andStatement: {
      statements: [
        {
          byteMatchStatement: {
            fieldToMatch: { singleHeader: { name: "host" } },
            positionalConstraint: "EXACTLY",
            searchString: host,
            textTransformations: [{ priority: 0, type: "LOWERCASE" }],
          },
        },
        {
          byteMatchStatement: {
            fieldToMatch: { uriPath: {} },
            positionalConstraint: "STARTS_WITH",
            searchString: pathPrefix,
            // As the application reads it: "/datasets/../login" is no upload.
            textTransformations: [
              { priority: 0, type: "URL_DECODE" },
              { priority: 1, type: "NORMALIZE_PATH" },
            ],
          },
        },
      ],
    },
  };
}
