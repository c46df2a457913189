import { expect } from "chai";
import { parseEnvironment } from "../../stacks/environment";
import { plannedDocuments } from "../../stacks/observability/dashboards";
import { services } from "../../stacks/services";
import { refusal } from "../components/observability-rules/fixture";
import { changed, rawOf } from "../support/stack-file";

describe("The rules of an environment", () => {
  for (const name of ["dev", "prod", "recovery"])
    it(`of ${name} are sound, and files of the plan`, () => {
      const paths = plannedDocuments(parseEnvironment(name, rawOf(name)), services).map(
        ({ path }) => path,
      );
      expect(paths).to.include.members(["rules/alertmanager.yaml", "rules/services.yaml"]);
      expect(new Set(paths).size).to.equal(paths.length);
    });

  it("count no probe of what rests as a broken promise in dev, and every probe elsewhere", () => {
    const rulesOf = (name: string) => {
      const documents = plannedDocuments(parseEnvironment(name, rawOf(name)), services);
      return JSON.stringify(documents.filter(({ path }) => path.startsWith("rules/")));
    };
    const dev = rulesOf("dev");
    expect(dev).to.include(
      JSON.stringify({
        record: "probe:awake_success:ratio",
        expr:
          'max by (instance, service) (probe_success{job="public-endpoints"}) unless on (service) (' +
          'label_replace(min by (deployment) (min_over_time(kube_deployment_spec_replicas[30m])) == 0, "service", "$1", "deployment", "(.*)")' +
          ' or label_replace(min by (name) (min_over_time(rollout_info_replicas_desired[30m])) == 0, "service", "$1", "name", "(.*)"))',
      }).slice(0, -1),
    );
    expect(dev).to.include("count_over_time(probe:awake_success:ratio[5m])");
    expect(dev).not.to.include("count_over_time(probe_success");
    expect(dev).not.to.include('"alert":"ZoneImbalance"');
    for (const name of ["prod", "recovery"]) {
      const rules = rulesOf(name);
      expect(rules, name).not.to.include("probe:awake_success");
      expect(rules, name).to.include("count_over_time(probe_success");
      expect(rules, name).to.include('"alert":"ZoneImbalance"');
    }
  });

  it("are refused where a team that is paged has no key, by the stack file and by the rules", () => {
    const raw = changed("prod", { "settings.alerting.pagerDutyTeams": ["platform", "relaycore"] });
    expect(refusal(() => parseEnvironment("Pulumi.prod.yaml", raw))).to.deep.equal([
      "auterity:alerting.pagerDutyTeams: lacks automatrix, neuroweaver, whose critical alerts would page nobody; need all teams, or none",
    ]);
    const missing = (team: string): string =>
      `alerting.pagerDutyKeys.${team}: got nothing, need the key of the secret that holds the team's routing key; its critical alerts would page nobody`;
    const prod = parseEnvironment("prod", rawOf("prod"));
    const alerting = { ...prod.alerting, pagerDutyTeams: ["platform", "relaycore"] };
    expect(refusal(() => plannedDocuments({ ...prod, alerting }, services))).to.deep.equal([
      missing("automatrix"),
      missing("neuroweaver"),
    ]);
  });
});
