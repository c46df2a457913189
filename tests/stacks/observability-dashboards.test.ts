import { expect } from "chai";
import { type Dashboard, panelsOf, targetsOf } from "../../components/observability-dashboards";
import {
  cloudWatchMetrics,
  parseExpression,
  resolveRules,
} from "../../components/observability-rules";
import { exporterName } from "../../components/observability-rules/cloudwatch";
import { parseEnvironment } from "../../stacks/environment";
import { plannedDocuments } from "../../stacks/observability/dashboards";
import { rulesArgs } from "../../stacks/observability/rules";
import { services } from "../../stacks/services";
import { refusal } from "../components/observability-rules/fixture";
import { changed, rawOf } from "../support/stack-file";

const uids = [
  ...["executive", "objectives", ...services.map(({ name }) => `service-${name}`)],
  ...["cluster", "ingress", "data-stores", "key-sync", "ai", "recovery", "cost", "security"],
  "telemetry",
];

function dashboardsOf(name: string, raw = rawOf(name)): Dashboard[] {
  return plannedDocuments(parseEnvironment(name, raw), services)
    .filter(({ path }) => path.startsWith("dashboards/"))
    .map(({ content }) => content as Dashboard);
}

describe("The dashboards of an environment", () => {
  for (const name of ["dev", "prod", "recovery"])
    it(`of ${name} are sound, one for each service, and files of the plan`, () => {
      expect(dashboardsOf(name).map(({ uid }) => uid)).to.deep.equal(uids);
    });

  it("are those to which its alerts lead, and every alert leads to one", () => {
    const environment = parseEnvironment("prod", rawOf("prod"));
    const { groups } = resolveRules("prod", rulesArgs(environment, services));
    const alerts = groups.flatMap(({ rules }) => rules.filter((rule) => "severity" in rule));
    for (const { name, dashboard } of alerts) expect(uids, name).to.include(dashboard);
  });

  it("use, with the rules, all that CloudWatch is paid for", () => {
    const environment = parseEnvironment("prod", rawOf("prod"));
    const { groups } = resolveRules("prod", rulesArgs(environment, services));
    const asked = [
      ...groups.flatMap(({ rules }) => rules.map(({ expression }) => expression)),
      ...dashboardsOf("prod").flatMap((dashboard) =>
        panelsOf(dashboard).flatMap((panel) => targetsOf(panel).map(({ expr = "" }) => expr)),
      ),
    ];
    const used = new Set(asked.flatMap((expression) => parseExpression(expression).metrics));
    const unused = cloudWatchMetrics
      .map(({ namespace, metric, statistic }) => exporterName(namespace, metric, statistic))
      .filter((name) => !used.has(name));
    expect(unused).to.deep.equal([]);
  });

  it("measure a month against what it may cost, once somebody has said it", () => {
    const raw = changed("prod", { "settings.costs.monthlyBudgetUsd": 9000 });
    const executive = dashboardsOf("prod", raw).find(({ uid }) => uid === "executive")!;
    const plan = panelsOf(executive).find(({ title }) => title === "Against the plan")!;
    expect(targetsOf(plan)[0]?.expr).to.match(/ \/ 9000$/);
  });

  it("are refused with the record that breaks them", () => {
    const [first, ...others] = services;
    const broken = [{ ...first!, metricsPath: "/metrics", exposes: [] }, ...others];
    const environment = parseEnvironment("prod", rawOf("prod"));
    expect(refusal(() => plannedDocuments(environment, broken))[0]).to.match(
      /^records\.automatrix-api\.slo/,
    );
  });
});
