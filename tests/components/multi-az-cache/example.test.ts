import { expect } from "chai";
import { startOfflineEngine } from "../../support/engine";

describe("the example of MultiAzCache", () => {
  it("runs by itself, all with the provider of its account", async () => {
    const engine = await startOfflineEngine({ config: { "auterity:accountId": "123456789012" } });
    await import("../../../examples/multi-az-cache/index.js");
    await engine.settle();
    const providers = engine.registrations
      .filter(({ type }) => type.startsWith("aws:"))
      .map(({ provider }) => provider.split("::")[3]);
    expect(providers).to.have.length.above(10);
    expect(new Set(providers)).to.deep.equal(new Set(["account"]));
  });
});
