import { readFileSync } from "node:fs";
import { expect } from "chai";
import { analyzeAll } from "../support/check-policy";
import { plannedWith } from "../support/planned";

describe("the platform of prod with Karpenter", () => {
  it("has node groups for the system alone, a pool for each other class, and violates no policy", async () => {
    const registrations = await plannedWith("prod", {
      "settings.cluster.nodeAutoscaler": "karpenter",
    });
    const named = (type: string) =>
      registrations.filter((each) => each.type === type).map(({ name }) => name);
    expect(named("eks:index:ManagedNodeGroup")).to.deep.equal([
      "auterity-prod-system-us-west-2a",
      "auterity-prod-system-us-west-2b",
      "auterity-prod-system-us-west-2c",
    ]);
    expect(named("kubernetes:karpenter.sh/v1:NodePool")).to.have.members([
      "auterity-prod-general-pool",
      "auterity-prod-spot-pool",
      "auterity-prod-ai-processing-pool",
    ]);
    expect(named("platform:cluster:ClusterAutoscaler")).to.deep.equal([]);
    const levels = JSON.parse(readFileSync("policy/levels/prod.json", "utf8")) as Record<
      string,
      unknown
    >;
    expect(await analyzeAll(registrations, levels)).to.deep.equal([]);
  });
});
