import { expect } from "chai";
import { costBounds } from "../../policy/rules/cost-bounds";
import { unknownText } from "../support/check-policy";
import { excusing, existing, finder } from "../support/stack-rule";

const find = finder(costBounds);
const cluster = existing("eks:index:Cluster", "cluster");
const budget = (subscriberEmailAddresses: unknown = ["a@example.com"]) =>
  existing("aws:budgets/budget:Budget", "budget", {
    notifications: [{ threshold: 80, subscriberEmailAddresses }],
  });
const monitor = existing("aws:costexplorer/anomalyMonitor:AnomalyMonitor", "monitor");
const group = (scalingConfig?: object | string) =>
  existing("aws:eks/nodeGroup:NodeGroup", "nodes", { ...(scalingConfig && { scalingConfig }) });
const pool = (spec: object) => existing("kubernetes:karpenter.sh/v1:NodePool", "pool", { spec });

describe("cost-bounds", () => {
  it("is silent where growth is bounded and somebody is told", async () => {
    const bounded = [group({ maxSize: 3 }), pool({ limits: { cpu: "16" } })];
    expect(await find([cluster, budget(), monitor, ...bounded])).to.deep.equal([]);
  });
  it("reports nodes without a bound", async () => {
    expect(await find([group(), pool({ template: {} })])).to.deep.equal([
      ["nodes", "scalingConfig.maxSize: is missing, so that nothing bounds it"],
      ["pool", "spec.limits: are missing, so that nothing bounds it"],
    ]);
  });
  it("waits for what a preview does not know", async () => {
    expect(await find([group(unknownText), budget(unknownText)])).to.deep.equal([]);
  });
  it("reports a cluster of whose costs nobody is told", async () => {
    expect(await find([cluster])).to.deep.equal([
      ["cluster", "there is no budget, so that nobody is told what it costs"],
      ["cluster", "nothing watches for unusual costs"],
    ]);
  });
  it("believes that others do, where it is said", async () => {
    const elsewhere = { budgetElsewhere: true, anomaliesElsewhere: true };
    expect(await find([cluster], elsewhere)).to.deep.equal([]);
  });
  it("reports a budget that tells nobody, and excuses what a waiver names", async () => {
    const silent = ["budget", "notifications: nobody is told when it is used up"];
    expect(await find([budget([])])).to.deep.equal([silent]);
    expect(await find([budget([])], excusing("budget"))).to.deep.equal([]);
  });
});
