import { readFileSync } from "node:fs";
import { expect } from "chai";
import { analyzeAll } from "../support/check-policy";
import { planned, plannedWith } from "../support/planned";

const levels = [{ minutes: 15, scheduleIds: ["PSCHED1"], userIds: [] }];
const teams = ["platform", "automatrix", "relaycore", "neuroweaver"];
const managed = {
  services: "managed",
  teams: Object.fromEntries(teams.map((team) => [team, { levels }])),
  maintenanceWindows: {},
};

describe("PagerDuty", () => {
  for (const name of ["dev", "prod", "recovery"] as const)
    it(`is not touched by ${name} as it stands`, async () => {
      const types = (await planned(name, "known")).map(({ type }) => type);
      expect(types.filter((type) => type.includes("pagerduty"))).to.deep.equal([]);
    });

  it("gets a service by team from prod, by a provider of its own, and violates no policy", async () => {
    const registrations = await plannedWith("prod", { "settings.alerting.pagerDuty": managed });
    const named = (type: string) =>
      registrations.filter((each) => each.type === type).map(({ name }) => name);
    expect(named("pagerduty:index/service:Service")).to.deep.equal(
      teams.map((team) => `auterity-prod-paging-${team}`),
    );
    const made = registrations.filter(({ type }) => type.startsWith("pagerduty:"));
    const [provider] = registrations.filter(({ type }) => type === "pulumi:providers:pagerduty");
    for (const { name, provider: used } of made) expect(used, name).to.contain(provider!.urn);
    const synced = registrations.find(
      ({ type, name }) =>
        type === "kubernetes:external-secrets.io/v1:ExternalSecret" &&
        name === "auterity-prod-secret-alert/pagerduty",
    );
    expect(synced?.inputs["metadata"]).to.deep.include({
      ...{ name: "alert-pagerduty", namespace: "monitoring" },
    });
    const level = JSON.parse(readFileSync("policy/levels/prod.json", "utf8")) as Record<
      string,
      unknown
    >;
    expect(await analyzeAll(registrations, level)).to.deep.equal([]);
  });

  it("is not touched by recovery, which reads the keys of prod's services", async () => {
    const registrations = await plannedWith("recovery", { "settings.alerting.pagerDuty": managed });
    const types = registrations.map(({ type }) => type);
    expect(types.filter((type) => type.includes("pagerduty"))).to.deep.equal([]);
    expect(
      registrations
        .filter(({ type }) => type === "kubernetes:external-secrets.io/v1:ExternalSecret")
        .map(({ name }) => name),
    ).to.include("auterity-recovery-secret-alert/pagerduty");
  });
});
