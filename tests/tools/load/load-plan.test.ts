import { expect } from "chai";
import { services } from "../../../stacks/services";
import { loadPlan, type LoadPlanArgs } from "../../../tools/load/load-plan";
import type { ScenarioName } from "../../../tools/load/scenarios";

const given: LoadPlanArgs = {
  records: services,
  scenario: "spike",
  domain: "example.com",
  requestsPerSecond: 8,
};

function stages(scenario: ScenarioName, target: string) {
  return loadPlan({ ...given, scenario }).targets.find(({ name }) => name === target)!.stages;
}

describe("loadPlan", () => {
  it("asks every critical path of a public service by its public name", () => {
    expect(loadPlan(given).targets.map(({ name, url }) => [name, url])).to.deep.equal([
      ["api-health", "https://api.example.com/health"],
      ["web-start-page", "https://app.example.com/"],
      ["relay-readiness", "https://relay.example.com/health/ready"],
      ["models-start-page", "https://models.example.com/"],
    ]);
  });

  it("asks another origin with the public name in the header", () => {
    const [first] = loadPlan({ ...given, origin: "http://127.0.0.1:8080" }).targets;
    expect(first).to.deep.include({
      url: "http://127.0.0.1:8080/health",
      headers: { "User-Agent": "auterity-load", Host: "api.example.com" },
    });
  });

  it("shares the load evenly, and rises tenfold within a minute in a spike", () => {
    expect(stages("spike", "api-health")).to.deep.equal([
      { seconds: 120, fromPerSecond: 0, toPerSecond: 2 },
      { seconds: 60, fromPerSecond: 2, toPerSecond: 20 },
      { seconds: 300, fromPerSecond: 20, toPerSecond: 20 },
      { seconds: 60, fromPerSecond: 20, toPerSecond: 2 },
      { seconds: 300, fromPerSecond: 2, toPerSecond: 2 },
    ]);
  });

  it("asks from the first second in a smoke run", () => {
    expect(stages("smoke", "api-health")).to.deep.equal([
      { seconds: 60, fromPerSecond: 2, toPerSecond: 2 },
    ]);
  });

  it("takes what must hold from the objectives of each service", () => {
    const shares = { failedAtMost: 0.0005, abortAbove: 0.0072 };
    const latency = { milliseconds: 500, answeredAtLeast: 0.95 };
    expect(loadPlan(given).objectives).to.deep.equal([
      { service: "automatrix-api", ...shares, latency },
      { service: "automatrix-web", ...shares },
      { service: "relaycore", ...shares, latency },
      { service: "neuroweaver-web", ...shares },
    ]);
  });

  it("waits half a minute before it judges, and less where its stages are shorter", () => {
    expect(loadPlan(given).abortAfterSeconds).to.equal(30);
    expect(loadPlan({ ...given, timeScale: 0.1 }).abortAfterSeconds).to.equal(3);
  });
});
