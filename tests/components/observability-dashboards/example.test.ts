import { expect } from "chai";
import { startOfflineEngine } from "../../support/engine";

describe("The example of ObservabilityDashboards", () => {
  it("makes dashboards of one service, and one of its own", async () => {
    const engine = await startOfflineEngine({
      config: {
        "auterity:kubeconfig": "apiVersion: v1",
        "auterity:runbookUrl": "https://runbooks.example",
        "auterity:grafanaUrl": "https://grafana.example",
      },
    });
    const { uids } = await import("../../../examples/observability-dashboards/index.js");
    await engine.settle();
    expect(uids).to.include.members(["service-adder", "executive", "sums"]);
    const maps = engine.registrations.filter(({ type }) => type === "kubernetes:core/v1:ConfigMap");
    expect(maps).to.have.length(uids.length);
  });
});
