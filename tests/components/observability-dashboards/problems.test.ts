import { expect } from "chai";
import { PanelBuilder as TextPanel } from "@grafana/grafana-foundation-sdk/text";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import {
  newDashboard,
  ObservabilityDashboards,
  type PlannedDashboard,
  resolveDashboards,
} from "../../../components/observability-dashboards";
import { linksOf } from "../../../components/observability-dashboards/panels";
import { startOfflineEngine } from "../../support/engine";
import { refusal } from "../observability-rules/fixture";
import { args, asked, own, searched } from "./fixture";

function problems(...furtherDashboards: PlannedDashboard[]): string[] {
  return refusal(() => resolveDashboards("shown", { ...args, furtherDashboards }));
}

const place = 'orders."Orders a second".A';
const unknown = (metric: string): string =>
  `${place}: got ${metric}, which nothing exposes or records, need a metric of an exporter, a service or a rule`;

const queries: [string, string, string | undefined, string[]][] = [
  [
    "nothing of a query that is sound",
    'sum by (status) (rate(http_requests_total{container="shop-api"}[$__rate_interval]))',
    "{{status}}",
    [],
  ],
  ["a metric that nobody exposes", "rate(orders_total[5m])", undefined, [unknown("orders_total")]],
  [
    "every metric that nobody exposes",
    "rate(orders_total[5m]) / rate(offers_total[5m])",
    undefined,
    [unknown("orders_total"), unknown("offers_total")],
  ],
  [
    "an expression that breaks off, with the place",
    "sum(rate(http_requests_total[5m])",
    undefined,
    [`${place}: got what breaks off before "" (character 34), need PromQL`],
  ],
  [
    "a word of Grafana's that nobody knows",
    "rate(http_requests_total[$__pause])",
    undefined,
    [`${place}: got what breaks off before "$__pause])" (character 26), need PromQL`],
  ],
  [
    "no expression at all",
    "",
    undefined,
    [`${place}: got what breaks off before "" (character 1), need PromQL`],
  ],
  [
    "a selector that could mean any metric",
    '{job="shop-api"}',
    undefined,
    [`${place}: got a selector without a name, need the name of a metric`],
  ],
  [
    "a label that the service spells otherwise",
    'sum(rate(http_requests_total{status_code=~"5.."}[5m]))',
    undefined,
    [`${place}: got label status_code of http_requests_total, which has none such`],
  ],
  [
    "a service that does not expose the metric",
    'sum(rate(http_requests_total{container="shop-stock"}[5m]))',
    undefined,
    [`${place}: got label container="shop-stock" of http_requests_total, which has none such`],
  ],
  [
    "a sum by a label that is not there",
    "sum by (zone) (kube_node_info)",
    undefined,
    [`${place}: got label zone of by (zone), which has none such`],
  ],
  [
    "a name of a line by a label that the sum has lost",
    "sum by (method) (rate(http_requests_total[5m]))",
    "{{status}} {{method}}",
    [`${place}.legend: got {{status}}, which the result does not have`],
  ],
  [
    "nothing of a label that the query makes itself",
    'count by (zone) (label_replace(kube_node_info, "zone", "$1", "provider_id", "aws:///([^/]+)/.*"))',
    "{{zone}}",
    [],
  ],
  [
    "nothing of what a rule records, and its labels",
    'slo:error_budget_remaining:ratio{slo_service="shop-api"}',
    "{{slo}} {{team}}",
    [],
  ],
  [
    "a label that a record does not keep",
    "incident:open:count",
    "{{service}}",
    [`${place}.legend: got {{service}}, which the result does not have`],
  ],
];

describe("The check of dashboards", () => {
  for (const [what, expr, legend, expected] of queries)
    it(`tells ${what}`, () => {
      expect(problems(own(asked(expr, legend)))).to.deep.equal(expected);
    });

  it("tells a data source that Grafana does not have", () => {
    expect(problems(own(asked("up", undefined, "thanos")))).to.deep.equal([
      `${place}: got data source "thanos", need one of prometheus, loki, jaeger, alertmanager`,
    ]);
  });

  for (const [what, expr, expected] of [
    ["nothing of a search that is sound", '{service_name="shop-api"} | json | level="error"', []],
    [
      "a search that breaks off",
      'sum by (team (count_over_time({team="a"}[5m]))',
      [
        'orders."Lines".A: got what breaks off before "(count_over_time({team="" (character 14), need LogQL',
      ],
    ],
    [
      "a stream that logs are not found by",
      '{pod="shop-api-1"}',
      [
        'orders."Lines".A: got a stream by pod, need labels of logs: cluster, service_name, service_namespace, k8s_namespace_name, k8s_container_name, team',
      ],
    ],
  ] as const)
    it(`tells ${what}`, () => {
      expect(problems(own(searched(expr)))).to.deep.equal(expected);
    });

  it("tells a uid that comes twice, with both titles", () => {
    expect(problems(own(asked("up"), { uid: "cluster" }))).to.deep.equal([
      'cluster.uid: got it of "Cluster and capacity" and of "Orders", need each uid once',
    ]);
  });

  it("tells everything that is wrong at once, and registers nothing", async () => {
    const engine = await startOfflineEngine({ mode: "known" });
    const broken = newDashboard(" ")
      .uid("Shop Orders")
      .withPanel(new PanelBuilder().title("Nothing asked"))
      .withPanel(new TextPanel().title("No words").content(" "))
      .withPanel(new TextPanel().content("no title"))
      .links(linksOf({ Gone: "/d/gone?from=now-1h" }))
      .build();
    const empty = newDashboard("Empty").uid("empty").build();
    const attempt = () =>
      new ObservabilityDashboards("shown", {
        ...args,
        furtherDashboards: [
          { folder: "../etc", dashboard: broken },
          { folder: "Shop", dashboard: empty },
        ],
      });
    expect(refusal(attempt)).to.deep.equal([
      'Shop Orders.uid: got "Shop Orders", need a DNS label of at most 40 characters',
      "Shop Orders.title: got none, need what people look for",
      'Shop Orders.folder: got "../etc", need letters, digits and spaces',
      'Shop Orders."Nothing asked": got no query, need at least one; what has no number is a text',
      'Shop Orders."No words": got no words, need some',
      "Shop Orders.panels: got one of kind text without a title",
      "Shop Orders.links: got /d/gone, need a dashboard that there is",
      "empty.panels: got none, need at least one",
    ]);
    await engine.settle();
    expect(engine.registrations).to.deep.equal([]);
  });

  it("tells a dashboard that no ConfigMap could hold", () => {
    const text = new TextPanel().title("Long").content("x".repeat(1_000_001));
    const dashboard = newDashboard("Long").uid("long").withPanel(text).build();
    expect(problems({ folder: "Shop", dashboard })).to.match(
      /^long: got \d+ bytes, need at most 1000000 in a ConfigMap$/,
    );
  });

  it("tells an alert that leads to a dashboard which is not there", () => {
    const groups = [
      ...args.groups,
      {
        name: "own",
        rules: [
          {
            ...{ name: "OrdersFail", expression: "up == 0", severity: "warning" as const },
            ...{ team: "shop", summary: "Orders fail", runbook: "orders", for: "5m" },
            dashboard: "orders",
          },
        ],
      },
    ];
    expect(refusal(() => resolveDashboards("shown", { ...args, groups }))).to.deep.equal([
      'groups.OrdersFail.dashboard: got "orders", need a dashboard that there is',
    ]);
  });
});
