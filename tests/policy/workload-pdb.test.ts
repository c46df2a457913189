import { expect } from "chai";
import { workloadPdb } from "../../policy/rules/workload-pdb";
import { resource } from "../support/check-policy";
import { excusing, finder } from "../support/stack-rule";
import { workloadInStack } from "./workload-fixtures";

const find = finder(workloadPdb);
const budget = (spec: object = {}, namespace = "app", name = "budget") =>
  resource(
    "kubernetes:policy/v1:PodDisruptionBudget",
    {
      metadata: { name, namespace },
      spec: {
        selector: { matchLabels: { app: "api" } },
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: "AlwaysAllow",
        ...spec,
      },
    },
    { name },
  );
const none = ["api", "no PodDisruptionBudget selects its pods"];

describe("workload-pdb", () => {
  it("is silent where one budget lets a pod go", async () => {
    expect(await find([workloadInStack(), budget()])).to.deep.equal([]);
    expect(
      await find([workloadInStack(), budget({ maxUnavailable: undefined, minAvailable: "66%" })]),
    ).to.deep.equal([]);
  });
  it("reports a workload without one, or with one in another namespace", async () => {
    expect(await find([workloadInStack()])).to.deep.equal([none]);
    expect(await find([workloadInStack(), budget({}, "other")])).to.deep.equal([none]);
  });
  it("asks for none where there is one replica", async () => {
    expect(await find([workloadInStack({ spec: { replicas: 1 } })])).to.deep.equal([]);
  });
  it("asks for none of what gives way to everything", async () => {
    const settings = { expendableLabels: ["app=api"] };
    expect(await find([workloadInStack()], settings)).to.deep.equal([]);
  });
  it("reports two, of which none would let a pod go", async () => {
    expect(await find([workloadInStack(), budget(), budget({}, "app", "second")])).to.deep.equal([
      ["api", "2 PodDisruptionBudgets select its pods: none of them is evicted"],
    ]);
  });
  it("reports budgets that hold every node", async () => {
    expect(await find([workloadInStack(), budget({ maxUnavailable: 0 })])).to.deep.equal([
      ["budget", "spec.maxUnavailable: is 0, so no node can be drained"],
    ]);
    expect(
      await find([workloadInStack(), budget({ maxUnavailable: undefined, minAvailable: "80%" })]),
    ).to.deep.equal([
      ["budget", "spec.minAvailable: is all 3 replicas, so no node can be drained"],
    ]);
  });
  it("reports a budget that waits for broken pods", async () => {
    expect(
      await find([workloadInStack(), budget({ unhealthyPodEvictionPolicy: undefined })]),
    ).to.deep.equal([
      ["budget", "spec.unhealthyPodEvictionPolicy: is not AlwaysAllow, so broken pods hold nodes"],
    ]);
  });
  it("says nothing in the preview that creates the cluster", async () => {
    const open = { ...workloadInStack(), outputs: {} };
    expect(await find([open, budget()])).to.deep.equal([]);
  });
  it("excuses what a waiver names", async () => {
    expect(await find([workloadInStack()], excusing("api"))).to.deep.equal([]);
  });
});
