import { expect } from "chai";
import { refusals, type Situation } from "../../../tools/chaos/guard";

const conditions = { services: ["api", "relay"], leastBudgetPercent: 60, budgetNeeded: true };
const budget = (service: string, remaining: number) => ({
  ...{ service, objective: "availability", remaining },
});
const calm: Situation = {
  budgets: [budget("api", 0.6), budget("relay", 1)],
  firing: [],
  alarms: [{ name: "errors", state: "OK" }],
  running: [],
};

describe("the guard of experiments", () => {
  it("lets one start when enough is left, nothing fires, and an alarm watches", () => {
    expect(refusals(calm, conditions)).to.deep.equal([]);
  });

  it("refuses below the least budget, also for one objective of several", () => {
    const budgets = [...(calm.budgets ?? []), { ...budget("api", 0.599), objective: "latency" }];
    expect(refusals({ ...calm, budgets }, conditions)).to.deep.equal([
      "api: 59.9 % of the error budget of latency is left, need 60 %",
    ]);
  });

  it("refuses what it does not know: a service without a budget, no number, no Prometheus", () => {
    expect(refusals({ ...calm, budgets: [budget("api", 1)] }, conditions)).to.deep.equal([
      "relay: Prometheus knows no error budget of it",
    ]);
    const unclear = [budget("api", Number.NaN), budget("relay", 1)];
    expect(refusals({ ...calm, budgets: unclear }, conditions)).to.deep.equal([
      "api: NaN % of the error budget of availability is left, need 60 %",
    ]);
    expect(refusals({ ...calm, budgets: undefined }, conditions)).to.deep.equal([
      "nobody knows the error budget: name Prometheus by --prometheus (docs/chaos.md)",
    ]);
  });

  it("asks for no budget in development without Prometheus", () => {
    const development = { ...conditions, budgetNeeded: false };
    expect(refusals({ ...calm, budgets: undefined }, development)).to.deep.equal([]);
  });

  it("refuses while an incident is open, users see something, or another experiment runs", () => {
    const alarms = [
      { name: "errors", state: "ALARM" },
      { name: "slow", state: "INSUFFICIENT_DATA" },
    ];
    const bad = { ...calm, alarms, firing: ["SloBurnFast of api"], running: ["EXP1"] };
    expect(refusals(bad, conditions)).to.deep.equal([
      "an incident is open: SloBurnFast of api is firing",
      "users see something already: the alarm errors is ALARM",
      "nobody knows what users see: the alarm slow has no data",
      "an experiment is under way: EXP1",
    ]);
  });

  it("refuses an experiment that no alarm would end", () => {
    expect(refusals({ ...calm, alarms: [] }, conditions)).to.deep.equal([
      "no alarm would end the experiment",
    ]);
  });
});
