import { expect } from "chai";
import { parseEnvironment } from "../../stacks/environment";
import { services } from "../../stacks/services";
import { canariesOf } from "../../stacks/synthetics";
import { planned } from "../support/planned";
import { changed } from "../support/stack-file";

describe("Canaries", () => {
  it("ask for every critical path of every exposed service, and where plain HTTP leads", () => {
    const raw = changed("prod", { "settings.ingress.domain": "platform.example" });
    const canaries = canariesOf(parseEnvironment("prod", raw), services);
    expect(
      Object.entries(canaries).map(([name, { steps }]) => [name, steps[0]?.url]),
    ).to.deep.equal([
      ["api-health", "https://api.platform.example/health"],
      ["web-start-page", "https://app.platform.example/"],
      ["relay-readiness", "https://relay.platform.example/health/ready"],
      ["models-start-page", "https://models.platform.example/"],
    ]);
    expect(canaries["api-health"]?.steps).to.deep.equal([
      {
        ...{ name: "answer", method: "GET", url: "https://api.platform.example/health" },
        ...{ expectedStatus: 200, leastCertificateDays: 14 },
      },
      {
        ...{ name: "plain-http", url: "http://api.platform.example/health", expectedStatus: 301 },
        redirectsTo: "https://api.platform.example/health",
      },
    ]);
  });

  for (const [name, count] of [
    ["dev", 0],
    ["prod", 4],
    ["recovery", 4],
  ] as const)
    it(`are ${count} in ${name}, and so are its rules on them`, async () => {
      const registrations = await planned(name, "known");
      const of = (type: string) => registrations.filter((each) => each.type === type);
      expect(of("aws:synthetics/canary:Canary")).to.have.length(count);
      const rules = of("kubernetes:monitoring.coreos.com/v1:PrometheusRule").map(
        (each) => each.name,
      );
      expect(rules.includes(`auterity-${name}-canaries`)).to.equal(count > 0);
      expect(rules.includes(`auterity-${name}-slo-canaries-availability`)).to.equal(count > 0);
    });
});
