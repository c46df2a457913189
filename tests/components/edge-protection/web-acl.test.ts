import { expect } from "chai";
import { full, inputsOf, least } from "./fixture";

const type = "aws:wafv2/webAcl:WebAcl";

interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly action?: unknown;
  readonly overrideAction?: unknown;
  readonly statement: unknown;
  readonly visibilityConfig: unknown;
  readonly ruleLabels?: unknown;
}

async function rulesOf(args: typeof least): Promise<Rule[]> {
  return (await inputsOf(args, type))["rules"] as Rule[];
}

const visible = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
  metricName,
});
const refuse = (responseCode: number, customResponseBodyKey: string) => ({
  block: { customResponse: { responseCode, customResponseBodyKey } },
});
const group = (rule: string, priority: number, name: string) => ({
  name: rule,
  priority,
  overrideAction: { none: {} },
  statement: { managedRuleGroupStatement: { vendorName: "AWS", name } },
  visibilityConfig: visible(`auterity-dev-${rule}`),
});

describe("EdgeProtection: the firewall", () => {
  it("limits the rate of an address and refuses what five groups of AWS know", async () => {
    expect(await rulesOf(least)).to.deep.equal([
      {
        name: "rate-limit",
        priority: 10,
        action: refuse(429, "rate-limited"),
        statement: {
          rateBasedStatement: { aggregateKeyType: "IP", limit: 1000, evaluationWindowSec: 300 },
        },
        visibilityConfig: visible("auterity-dev-rate-limit"),
      },
      group("ip-reputation", 20, "AWSManagedRulesAmazonIpReputationList"),
      group("anonymous-ip", 30, "AWSManagedRulesAnonymousIpList"),
      group("known-bad-inputs", 40, "AWSManagedRulesKnownBadInputsRuleSet"),
      group("common", 50, "AWSManagedRulesCommonRuleSet"),
      group("sql-injection", 60, "AWSManagedRulesSQLiRuleSet"),
    ]);
  });

  it("guards hosts of a region, lets the rest through, and says why it refuses", async () => {
    const { rules: _rules, ...acl } = await inputsOf(full, type);
    expect(acl).to.deep.equal({
      region: "us-west-2",
      description: "Public hosts of platform.example",
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      customResponseBodies: [
        {
          key: "rate-limited",
          contentType: "APPLICATION_JSON",
          content: '{"error":"Too many requests from this address. Try again in five minutes."}',
        },
        {
          key: "body-too-large",
          contentType: "APPLICATION_JSON",
          content: '{"error":"The body of this request is larger than this address accepts."}',
        },
      ],
      dataProtectionConfig: {
        dataProtections: [
          {
            field: { fieldType: "SINGLE_HEADER", fieldKeys: ["authorization", "cookie"] },
            action: "SUBSTITUTION",
          },
          { field: { fieldType: "QUERY_STRING" }, action: "SUBSTITUTION" },
        ],
      },
      visibilityConfig: visible("auterity-dev"),
      tags: { team: "platform" },
    });
    expect(_rules).to.have.length(8);
  });

  it("only counts what a rule in its time of trial would refuse", async () => {
    const rules = await rulesOf({
      ...least,
      countUntil: { "rate-limit": "2026-12-01", "sql-injection": "2026-11-23" },
      today: "2026-11-23",
    });
    expect(
      rules.map(({ name, action, overrideAction }) => [name, action ?? overrideAction]),
    ).to.deep.equal([
      ["rate-limit", { count: {} }],
      ["ip-reputation", { none: {} }],
      ["anonymous-ip", { none: {} }],
      ["known-bad-inputs", { none: {} }],
      ["common", { none: {} }],
      ["sql-injection", { count: {} }],
    ]);
  });
});

describe("EdgeProtection: large bodies", () => {
  const place = (host: string, pathPrefix: string) => ({
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
            textTransformations: [
              { priority: 0, type: "URL_DECODE" },
              { priority: 1, type: "NORMALIZE_PATH" },
            ],
          },
        },
      ],
    },
  });
  const api = place("api.platform.example", "/api/v1/datasets");
  const allowed = (statement: object) => ({
    name: "large-body-allowed",
    priority: 70,
    action: { count: {} },
    ruleLabels: [{ name: "body-size:large-allowed" }],
    statement,
    visibilityConfig: visible("auterity-dev-large-body-allowed"),
  });
  const label = (key: string) => ({ labelMatchStatement: { scope: "LABEL", key } });
  const limit = {
    name: "body-size",
    priority: 80,
    action: refuse(413, "body-too-large"),
    statement: {
      andStatement: {
        statements: [
          label("awswaf:managed:aws:core-rule-set:SizeRestrictions_Body"),
          { notStatement: { statement: label("body-size:large-allowed") } },
        ],
      },
    },
    visibilityConfig: visible("auterity-dev-body-size"),
  };

  it("pass on the paths of uploads, and are refused by a rule of ours everywhere else", async () => {
    const rules = await rulesOf(full);
    expect(rules.map(({ name }) => name).slice(4)).to.deep.equal([
      "common",
      "sql-injection",
      "large-body-allowed",
      "body-size",
    ]);
    expect(rules[4]?.statement).to.deep.equal({
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name: "AWSManagedRulesCommonRuleSet",
        ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
      },
    });
    expect(rules.slice(6)).to.deep.equal([
      allowed({ orStatement: { statements: [api, place("app.platform.example", "/upload/")] } }),
      limit,
    ]);
  });

  it("are one path's alone without an alternative, which AWS would refuse", async () => {
    const [first] = full.largeBodyPaths ?? [];
    const rules = await rulesOf({ ...least, largeBodyPaths: [first!] });
    expect(rules.slice(6)).to.deep.equal([allowed(api), limit]);
  });

  it("are only counted as long as the group that measures them is", async () => {
    const rules = await rulesOf({ ...full, countUntil: { common: "2026-12-01" } });
    expect(rules.at(-1)).to.deep.equal({ ...limit, action: { count: {} } });
  });
});
