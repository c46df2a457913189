import { expect } from "chai";
import { services } from "../../stacks/services";
import { environmentNames, planned, plannedWith } from "../support/planned";

type Inputs = Readonly<Record<string, unknown>>;

const classes = (tiers: readonly string[]) =>
  new Set(services.filter(({ tier }) => tiers.includes(tier)).map(({ nodeClass }) => nodeClass));
const labelOf = ({ labels }: Inputs) =>
  (labels as Record<string, string> | undefined)?.["workload"];

describe("Spot", () => {
  it("is what everything that is not critical runs on, and nothing that is", () => {
    const critical = classes(["critical"]);
    expect([...critical]).to.deep.equal(["general"]);
    expect([...classes(["standard", "batch"])].filter((each) => critical.has(each))).to.deep.equal(
      [],
    );
  });

  for (const name of environmentNames)
    it(`are the nodes of those classes, and no others, in ${name}`, async () => {
      const groups = (await planned(name, "known")).filter(
        ({ type }) => type === "eks:index:ManagedNodeGroup",
      );
      const capacity = new Set(
        groups.map(({ inputs }) => `${labelOf(inputs)} ${String(inputs["capacityType"])}`),
      );
      expect([...capacity].sort()).to.deep.equal([
        "ai-processing SPOT",
        "general ON_DEMAND",
        "spot SPOT",
        "system ON_DEMAND",
      ]);
    });

  it("is what Karpenter may start for those classes alone", async () => {
    const pools = (
      await plannedWith("prod", { "settings.cluster.nodeAutoscaler": "karpenter" })
    ).filter(({ type }) => type === "kubernetes:karpenter.sh/v1:NodePool");
    const capacity = pools.map(({ inputs }) => {
      const { name } = inputs["metadata"] as { name: string };
      const text = JSON.stringify(inputs["spec"]);
      return `${name} ${/"karpenter.sh\/capacity-type","operator":"In","values":\[([^\]]+)\]/.exec(text)?.[1] ?? ""}`;
    });
    expect(capacity.sort()).to.deep.equal([
      'ai-processing "spot"',
      'general "on-demand"',
      'spot "spot"',
    ]);
  });
});
