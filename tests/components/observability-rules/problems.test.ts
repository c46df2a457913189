import { expect } from "chai";
import {
  type AlertRule,
  parseExpression,
  ruleProblems,
  type RuleGroup,
} from "../../../components/observability-rules";

const sound: AlertRule = {
  name: "OrdersFail",
  expression: "rate(orders_failed_total[5m]) > 0",
  severity: "warning",
  team: "checkout",
  summary: "Orders fail",
  runbook: "orders",
  for: "5m",
};

function problems(...rules: RuleGroup["rules"]): string[] {
  return ruleProblems({
    groups: [{ name: "orders", rules }],
    exposed: ["orders_failed_total", "order_seconds"],
    runbooks: ["orders"],
  });
}

const cases: [string, RuleGroup["rules"], string[]][] = [
  ["nothing of a rule that is sound", [sound], []],
  [
    "an expression that breaks off, with the place",
    [{ ...sound, expression: "sum(rate(orders_failed_total[5m]) > 0" }],
    ['orders.OrdersFail.expression: got what breaks off before "" (character 38), need PromQL'],
  ],
  [
    "no expression at all",
    [{ ...sound, expression: " " }],
    ['orders.OrdersFail.expression: got what breaks off before " " (character 1), need PromQL'],
  ],
  [
    "a metric that nobody exposes",
    [{ ...sound, expression: "rate(orders_lost_total[5m]) > 0" }],
    [
      "orders.OrdersFail.expression: got orders_lost_total, which nothing exposes or records, need a metric of an exporter, a service or a rule",
    ],
  ],
  [
    "a selector that could mean any metric",
    [{ ...sound, expression: '{job="orders"} > 0' }],
    ["orders.OrdersFail.expression: got a selector without a name, need the name of a metric"],
  ],
  ["nothing of a histogram's series", [{ ...sound, expression: "order_seconds_bucket > 0" }], []],
  [
    "nothing of what another rule records",
    [
      { record: "orders:failed:rate5m", expression: "rate(orders_failed_total[5m])" },
      { ...sound, expression: "orders:failed:rate5m > 0" },
    ],
    [],
  ],
  [
    "a record without levels",
    [{ record: "orders_failed", expression: "rate(orders_failed_total[5m])" }],
    [
      'orders.orders_failed.record: got "orders_failed", need a name in the form level:metric:operation',
    ],
  ],
  [
    "every field that is missing or wrong",
    [
      {
        ...sound,
        name: "orders fail",
        severity: "page" as "critical",
        team: "",
        summary: " ",
        runbook: "nothing",
        for: "five minutes",
        labels: { severity: "critical" },
      },
    ],
    [
      'orders.orders fail.name: got "orders fail", need capitalised words without spaces',
      'orders.orders fail.severity: got "page", need one of critical, warning, info',
      'orders.orders fail.team: got "", need a DNS label',
      "orders.orders fail.summary: got nothing, need a sentence for whoever is told",
      'orders.orders fail.runbook: got "nothing", need a page of docs/runbooks',
      'orders.orders fail.for: got "five minutes", need a duration such as 5m',
      "orders.orders fail.labels: got severity, which is set by its own field",
    ],
  ],
  [
    "both a wait and a reason for none",
    [{ ...sound, immediate: "it is urgent" }],
    ["orders.OrdersFail.for: got both, need how long it must hold, or in immediate why not"],
  ],
  [
    "alerts that cannot be told apart",
    [sound, { ...sound, expression: "rate(orders_failed_total[1h]) > 0" }],
    ["OrdersFail: got it twice with the same labels, need labels that differ"],
  ],
];

describe("The check of rules", () => {
  for (const [what, rules, expected] of cases)
    it(`tells ${what}`, () => {
      expect(problems(...rules)).to.deep.equal(expected);
    });

  it("tells a group without rules, without a name, and one that comes twice", () => {
    const groups = [
      { name: "a", rules: [] },
      { name: "a", interval: "1", rules: [sound] },
      { name: "A b", rules: [{ ...sound, name: "Other" }] },
    ];
    expect(ruleProblems({ groups, exposed: ["orders_failed_total"] })).to.deep.equal([
      "groups: got a twice, need each name once",
      "a: got no rule, need at least one",
      'a.interval: got "1", need a duration such as 5m',
      'groups: got "A b", need a DNS label',
    ]);
  });
});

describe("An expression", () => {
  it("names each series that it selects once, and none that only looks like one", () => {
    expect(
      parseExpression(
        'sum by (job) (rate(a_total{b="c_total"}[5m])) / on (job) group_left (d) max(e) and a_total offset 1d > bool 2 or absent(f)',
      ),
    ).to.deep.equal({ metrics: ["a_total", "e", "f"] });
  });
});
