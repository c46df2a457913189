import { expect } from "chai";
import { startOfflineEngine } from "../../support/engine";

describe("the example of ChaosExperiments", () => {
  it("runs by itself, with the provider of its account", async () => {
    const config = { "auterity:accountId": "123456789012", "auterity:clusterName": "auterity" };
    const engine = await startOfflineEngine({ config });
    await import("../../../examples/chaos-experiments/index.js");
    await engine.settle();
    const without = engine.registrations
      .filter(({ type }) => type.startsWith("aws:"))
      .filter(({ provider }) => provider.split("::")[3] !== "account");
    expect(without).to.deep.equal([]);
    expect(engine.registrations.some(({ type }) => type.includes("ExperimentTemplate"))).to.equal(
      true,
    );
  });
});
