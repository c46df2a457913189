import { expect } from "chai";
import { knownValues, unknownKeys } from "../../support/chart-values";
import { inputsOf } from "./fixture";

describe("ClusterCosts", () => {
  it("sets only values that the chart has", async function () {
    const known = knownValues("opencost");
    if (known === undefined) this.skip();
    const values = (await inputsOf("costs-release"))["values"] as Record<string, unknown>;
    expect(unknownKeys(values, known)).to.deep.equal([]);
    expect(unknownKeys({ opencost: { uii: {} } }, known)).to.deep.equal(["opencost.uii"]);
  });
});
