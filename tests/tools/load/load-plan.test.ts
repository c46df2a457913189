import { expect } from "chai";
import { services } from "../../../stacks/services";
import { loadPlan, type LoadPlanArgs } from "../../../tools/load/load-plan";
import { type ScenarioName, scenarioNames } from "../../../tools/load/scenarios";

const given: LoadPlanArgs = {
  records: services,
  scenario: "spike",
  domain: "example.com",
  requestsPerSecond: 8,
  summaryFile: "/tmp/summary.json",
};

interface Arrivals {
  readonly stages: readonly { readonly duration: string; readonly target: number }[];
  readonly maxVUs: number;
}

function arrivals(scenario: ScenarioName, target: string): Arrivals {
  return loadPlan({ ...given, scenario }).options.scenarios[target] as Arrivals;
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
      headers: { Host: "api.example.com" },
    });
  });

  it("shares the load evenly, and rises tenfold within a minute in a spike", () => {
    expect(arrivals("spike", "api-health").stages).to.deep.equal([
      { duration: "120s", target: 120 },
      { duration: "60s", target: 1200 },
      { duration: "300s", target: 1200 },
      { duration: "60s", target: 120 },
      { duration: "300s", target: 120 },
    ]);
  });

  it("has as many users ready as wait for a timeout at the peak", () => {
    expect(arrivals("spike", "api-health").maxVUs).to.equal(2 * 10 * 30);
  });

  it("takes what must hold from the objectives of each service", () => {
    const { thresholds } = loadPlan(given).options;
    expect(thresholds).to.deep.equal({
      "http_req_failed{service:automatrix-api}": [
        "rate<=0.0005",
        { threshold: "rate<=0.0072", abortOnFail: true, delayAbortEval: "30s" },
      ],
      "http_req_duration{service:automatrix-api}": ["p(95)<500"],
      "http_req_failed{service:automatrix-web}": [
        "rate<=0.0005",
        { threshold: "rate<=0.0072", abortOnFail: true, delayAbortEval: "30s" },
      ],
      "http_req_duration{service:automatrix-web}": ["max>=0"],
      "http_req_failed{service:relaycore}": [
        "rate<=0.0005",
        { threshold: "rate<=0.0072", abortOnFail: true, delayAbortEval: "30s" },
      ],
      "http_req_duration{service:relaycore}": ["p(95)<500"],
      "http_req_failed{service:neuroweaver-web}": [
        "rate<=0.0005",
        { threshold: "rate<=0.0072", abortOnFail: true, delayAbortEval: "30s" },
      ],
      "http_req_duration{service:neuroweaver-web}": ["max>=0"],
      dropped_iterations: ["count<1"],
    });
  });

  it("ends every scenario of k6 with a whole number of requests a minute", () => {
    for (const scenario of scenarioNames)
      for (const { target } of arrivals(scenario, "web-start-page").stages)
        expect(target, scenario).to.satisfy(Number.isInteger);
  });
});
