import { expect } from "chai";
import { startOfflineEngine } from "../../support/engine";

describe("The example of ObservabilityRules", () => {
  it("makes rules for one service, and a configuration for Alertmanager", async () => {
    const engine = await startOfflineEngine({
      config: {
        "auterity:kubeconfig": "apiVersion: v1",
        "auterity:runbookUrl": "https://runbooks.example",
      },
    });
    const { alertmanagerConfiguration } =
      await import("../../../examples/observability-rules/index.js");
    await engine.settle();
    const names = engine.registrations
      .filter(({ type }) => type === "kubernetes:monitoring.coreos.com/v1:PrometheusRule")
      .map(({ name }) => name);
    expect(names).to.include.members(["rules-slo-adder-latency", "rules-services", "rules-nodes"]);
    expect(alertmanagerConfiguration).to.contain('"receiver": "page-examples"');
  });
});
