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
