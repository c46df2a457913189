import { expect } from "chai";
import { startOfflineEngine } from "../../support/engine";

describe("the example of DrReplication", () => {
  it("runs by itself, all with the provider of its account, copies in the other region", async () => {
    const engine = await startOfflineEngine({ config: { "auterity:accountId": "123456789012" } });
    await import("../../../examples/dr-replication/index.js");
    await engine.settle();
    const ours = engine.registrations.filter(({ type }) => type.startsWith("aws:"));
    expect(new Set(ours.map(({ provider }) => provider.split("::")[3]))).to.deep.equal(
      new Set(["account"]),
    );
    expect(
      ours
        .filter(({ type }) => type.endsWith(":Vault"))
        .map(({ name, inputs }) => [name, inputs["region"]]),
    ).to.deep.equal([
      ["documents-backups", "us-west-2"],
      ["documents-backup-copies", "us-east-2"],
    ]);
  });
});
