import { expect } from "chai";
import { chaosTags } from "../../stacks/chaos-targets";
import { environmentProblems } from "../../stacks/environment-rules";

const schedules = [{ experiment: "node-loss", at: "cron(0 10 ? * TUE *)" }];

describe("the rules of experiments", () => {
  it("let nothing start by itself, nothing be privileged and no budget be risked in production", () => {
    const chaos = { enabled: true, faultNamespace: true, schedules, leastBudgetPercent: 10 };
    expect(environmentProblems({ stage: "production", chaos }, [])).to.deep.equal([
      "auterity:chaos.schedules: got node-loss, need none in production; there somebody starts an experiment, and watches it",
      "auterity:chaos.faultNamespace: got true, need false in production; its pods may be privileged",
      "auterity:chaos.leastBudgetPercent: got 10, need 50 or more in production",
    ]);
  });

  it("keep the recovery environment whole", () => {
    expect(environmentProblems({ stage: "recovery", chaos: { enabled: true } }, [])).to.deep.equal([
      "auterity:chaos.enabled: got true, need false in recovery; it is there for when something has really failed",
    ]);
  });

  it("find schedules of experiments that are switched off", () => {
    const chaos = { enabled: false, schedules };
    expect(environmentProblems({ stage: "development", chaos }, [])).to.deep.equal([
      "auterity:chaos.schedules: got some, need none while auterity:chaos.enabled is false",
    ]);
  });

  it("mark what may be hit only where there are experiments", () => {
    const chaos = { enabled: false } as Parameters<typeof chaosTags>[0]["chaos"];
    expect(chaosTags({ chaos })).to.deep.equal({});
    expect(chaosTags({ chaos: { ...chaos, enabled: true } })).to.deep.equal({ chaos: "allowed" });
  });
});
