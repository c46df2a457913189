import { expect } from "chai";
import type { Panel, RowPanel } from "@grafana/grafana-foundation-sdk/dashboard";
import {
  type Dashboard,
  dashboardJson,
  ObservabilityDashboards,
  panelsOf,
  resolveDashboards,
  targetsOf,
} from "../../../components/observability-dashboards";
import type { RuleGroup } from "../../../components/observability-rules";
import { startOfflineEngine } from "../../support/engine";
import { refusal } from "../observability-rules/fixture";
import { api, shop } from "../platform-service-fixture";
import { args, asked, own, register } from "./fixture";

const configMap = "kubernetes:core/v1:ConfigMap";
const uids = [
  ...["executive", "objectives", ...shop.map(({ name }) => `service-${name}`)],
  ...["cluster", "ingress", "data-stores", "key-sync", "ai", "recovery", "cost"],
  ...["security", "telemetry"],
];

describe("ObservabilityDashboards", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers one ConfigMap for each dashboard and nothing else (${mode} values)`, async () => {
      const registrations = await register(args, mode);
      expect(registrations.map(({ type, name }) => [type, name])).to.have.deep.members([
        ["platform:observability:ObservabilityDashboards", "shown"],
        ...uids.map((uid) => [configMap, `shown-dashboard-${uid}`]),
      ]);
    });

  it("puts them where Grafana's sidecar looks, with the folder in which people find them", async () => {
    const registrations = await register(args);
    const { inputs } = registrations.find(({ name }) => name === "shown-dashboard-executive")!;
    expect(inputs["metadata"]).to.deep.equal({
      name: "dashboard-executive",
      namespace: "monitoring",
      labels: { grafana_dashboard: "1", "app.kubernetes.io/managed-by": "pulumi" },
      annotations: { grafana_folder: "Overview" },
    });
    expect(Object.keys(inputs["data"] as object)).to.deep.equal(["executive.json"]);
  });

  it("gives the same text for the same catalogue, each a fraction of what a ConfigMap takes", async () => {
    const [one, other] = [await register(args), await register(args)];
    const texts = (registrations: typeof one): unknown[] =>
      registrations.filter(({ type }) => type === configMap).map(({ inputs }) => inputs["data"]);
    expect(texts(one)).to.deep.equal(texts(other));
    for (const data of texts(one)) expect(JSON.stringify(data).length).to.be.below(100_000);
  });

  it("tells by which names links reach them", async () => {
    const engine = await startOfflineEngine({ mode: "known" });
    const dashboards = new ObservabilityDashboards("shown", args);
    await engine.settle();
    expect(dashboards.uids).to.deep.equal(uids);
  });

  it("takes dashboards of the caller's own", async () => {
    const further = own(asked("sum by (status) (rate(http_requests_total[5m]))", "{{status}}"));
    const registrations = await register({ ...args, furtherDashboards: [further] });
    expect(registrations.map(({ name }) => name)).to.include("shown-dashboard-orders");
  });

  it("refuses a catalogue without a service, and registers nothing", async () => {
    const engine = await startOfflineEngine({ mode: "known" });
    const attempt = () =>
      new ObservabilityDashboards("shown", {
        ...args,
        records: [],
        environment: "",
        monthlyBudgetUsd: 0,
        aiSpendPerDay: Number.NaN,
      });
    expect(attempt).to.throw('ObservabilityDashboards "shown" was refused:');
    expect(refusal(attempt)).to.deep.equal([
      "records: got none, need at least one",
      'environment: got "", need the value of the tag',
      "monthlyBudgetUsd: got 0, need dollars above 0",
      "aiSpendPerDay: got NaN, need dollars above 0",
    ]);
    await engine.settle();
    expect(engine.registrations).to.deep.equal([]);
  });

  it("refuses a broken record without a word on the dashboards that it would have made", () => {
    const records = [{ ...api, slo: { ...api.slo!, availabilityPercent: 100 } }, ...shop.slice(1)];
    expect(refusal(() => resolveDashboards("shown", { ...args, records }))).to.deep.equal([
      "records.shop-api.slo.availabilityPercent: got 100, need more than 0 and less than 100",
    ]);
  });
});

function dashboardOf(uid: string, given = args): Dashboard {
  const found = resolveDashboards("shown", given).find(({ dashboard }) => dashboard.uid === uid);
  return found!.dashboard;
}

function panelOf(uid: string, title: string, given = args): Panel {
  return panelsOf(dashboardOf(uid, given)).find((panel) => panel.title === title)!;
}

describe("The dashboard of a service", () => {
  it("asks by the names and labels that the service has", () => {
    const targets = targetsOf(panelOf("service-shop-api", "Requests a second, by status"));
    expect(JSON.parse(JSON.stringify(targets))).to.deep.equal([
      {
        refId: "A",
        datasource: { type: "prometheus", uid: "prometheus" },
        expr: 'sum by (status) (rate(http_requests_total{namespace="shop",container="shop-api"}[$__rate_interval]))',
        legendFormat: "{{status}}",
        exemplar: false,
      },
    ]);
  });

  it("shows the promised time of an answer as a line", () => {
    const { fieldConfig } = panelOf("service-shop-api", "Time of an answer");
    expect(fieldConfig?.defaults.thresholds?.steps.map(({ value }) => value)).to.deep.equal([
      null,
      0.5,
    ]);
  });

  it("says in words that a service promises nothing, and shows what its traces tell", () => {
    const panel = panelOf("service-shop-stock", "What it promises");
    expect(panel.type).to.equal("text");
    expect((panel.options as { content: string }).content).to.contain("has no `slo`");
    const [traced] = targetsOf(panelOf("service-shop-stock", "Traced requests a second"));
    expect(traced?.expr).to.contain('service_name="shop-stock",span_kind="SPAN_KIND_SERVER"');
  });

  it("leads to its logs and traces at the time that is looked at, and to the services that it calls", () => {
    const { links = [] } = dashboardOf("service-shop-api");
    const [logs, traces] = links.map(({ url = "" }) => url);
    expect(decodeURIComponent(logs!)).to.equal(
      '/explore?schemaVersion=1&orgId=1&panes={"one":{"datasource":"loki","queries":[{"refId":"A","datasource":{"type":"loki","uid":"loki"},"expr":"{service_name=\\"shop-api\\"}","queryType":"range"}],"range":{"from":"${__from}","to":"${__to}"}}}',
    );
    expect(decodeURIComponent(traces!)).to.contain('"queryType":"search","service":"shop-api"');
    // What Grafana fills in is not encoded.
    expect(logs).to.contain("${__from}");
    const [stock] = (panelOf("service-shop-api", "shop-stock: failed answers a second").fieldConfig
      ?.defaults.links ?? []) as { url: string }[];
    expect(stock?.url).to.equal("/d/service-shop-stock");
  });
});

describe("The dashboard of costs", () => {
  it("shows what namespaces cost an hour where OpenCost runs, and nothing empty where not", () => {
    const titles = (given = args) => panelsOf(dashboardOf("cost", given)).map(({ title }) => title);
    const ofCluster = ["CPU and memory, by namespace", "Nodes and volumes"];
    expect(titles()).not.to.include.members(ofCluster);
    expect(titles({ ...args, openCost: true })).to.include.members(ofCluster);
  });
});

describe("The executive overview", () => {
  it("says so where nobody has said what a month may cost, and else shows the share of it", () => {
    const plan = (given = args): Panel => panelOf("executive", "Against the plan", given);
    expect(plan().type).to.equal("text");
    const [target] = targetsOf(plan({ ...args, monthlyBudgetUsd: 4000 }));
    expect(target?.expr).to.equal(
      'max(aws_auterity_cost_month_forecast_maximum{dimension_Environment="test"}) / 4000',
    );
  });

  it("has words where no number would be true", () => {
    const notes = panelsOf(dashboardOf("executive")).filter(({ type }) => type === "text");
    expect(notes.map(({ title }) => title)).to.deep.equal([
      "Noticed before users do",
      "Loss of a data centre",
      "Stored safely, and security incidents",
      "Against the plan",
      "By the catalogue of services",
      "Share of routine work that is automated",
    ]);
  });
});

describe("The layout of every dashboard", () => {
  const dashboards = resolveDashboards("shown", args).map(({ dashboard }) => dashboard);

  it("fills each line from left to right, with panels of one height", () => {
    for (const { uid, panels = [] } of dashboards) {
      const lines = new Map<number, (Panel | RowPanel)[]>();
      for (const panel of panels)
        lines.set(panel.gridPos!.y, [...(lines.get(panel.gridPos!.y) ?? []), panel]);
      for (const line of lines.values()) {
        const titles = `${uid}: ${line.map(({ title }) => title).join(", ")}`;
        expect(
          line.reduce((sum, { gridPos }) => sum + gridPos!.w, 0),
          titles,
        ).to.equal(24);
        expect(new Set(line.map(({ gridPos }) => gridPos!.h)).size, titles).to.equal(1);
      }
    }
  });

  it("is the same whatever was laid out before", () => {
    const canary: RuleGroup = {
      name: "canary-runs",
      rules: [
        {
          record: "canary:run_success:ratio",
          expression:
            "max by (dimension_CanaryName) (aws_cloudwatchsynthetics_success_percent_average)",
        },
      ],
    };
    const other = resolveDashboards("other", { ...args, groups: [...args.groups, canary] });
    const titles = other.map(({ dashboard }) => panelsOf(dashboard).map(({ title }) => title));
    expect(titles.flat()).to.include("Canaries: share of the runs that held");
    const again = resolveDashboards("shown", args).map(({ dashboard }) => dashboard);
    expect(again.map(dashboardJson)).to.deep.equal(dashboards.map(dashboardJson));
  });

  it("numbers the panels, and tells none apart by its place alone", () => {
    for (const dashboard of dashboards) {
      expect(dashboard.panels?.map(({ id }) => id)).to.deep.equal(
        dashboard.panels?.map((_, index) => index + 1),
      );
      expect(dashboard.editable).to.equal(false);
    }
  });
});
