import { expect } from "chai";
import { startOfflineEngine } from "../../support/engine";

describe("the example of SecureVpc", () => {
  it("runs as a program of its own, with a provider of its own", async () => {
    const engine = await startOfflineEngine({ project: "example-secure-vpc" });
    await import("../../../examples/secure-vpc/index.js");
    await engine.settle();
    const { registrations } = engine;
    const provider = registrations.find((r) => r.type === "pulumi:providers:aws");
    const parts = registrations.filter((r) => r.parent.endsWith("SecureVpc::example"));
    expect(parts).to.have.length(45);
    // The packaged component inherits its provider in the engine, unseen here.
    const resources = parts.filter((r) => !r.remote);
    expect(
      resources.filter((r) => !r.provider.startsWith(`${provider?.urn ?? "no provider"}::`)),
    ).to.deep.equal([]);
  });
});
