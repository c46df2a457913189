import { expect } from "chai";
import { resolve } from "node:path";
import { estimateRun } from "../../../tools/costs/run";
import { estimateWith, withSettings } from "../../../tools/costs/variants";
import { loadProgram, runProgram } from "../../../tools/plan/program";
import { readStackFile } from "../../../tools/plan/stack-files";

const projectDirectory = resolve(__dirname, "../../..");

describe("what the real environments cost", () => {
  for (const environment of ["dev", "prod", "recovery"])
    it(`${environment}: every kind of resource has a price, is free, or is said to be left out`, async function () {
      this.timeout(60_000);
      const run = await runProgram({
        program: loadProgram(projectDirectory),
        stack: readStackFile(projectDirectory, environment),
        mode: "known",
      });
      const estimate = estimateRun(run, new Date("2026-12-01T00:00:00Z"));
      if (estimate === undefined) throw new Error("no estimate");
      expect(
        estimate.notKnown.filter(({ reason }) => reason.startsWith("nobody has said")),
      ).to.deep.equal([]);
      expect(estimate.monthlyUsd).to.be.greaterThan(estimate.assumedUsd);
      const sum = (shares: readonly { monthlyUsd: number }[]): number =>
        shares.reduce((total, { monthlyUsd }) => total + monthlyUsd, 0);
      expect(sum(estimate.components)).to.be.closeTo(estimate.monthlyUsd, 0.5);
      expect(sum(estimate.teams)).to.be.closeTo(estimate.monthlyUsd, 0.5);
      expect(estimate.warnings).to.deep.equal([]);
    });
});

describe("what another setting would cost", () => {
  it("is estimated by the setting's path: a pilot light costs less than the whole recovery stack", async function () {
    this.timeout(60_000);
    const program = loadProgram(projectDirectory);
    const stack = readStackFile(projectDirectory, "recovery");
    const [full, pilotLight] = [
      await estimateWith(program, stack, { "auterity:recovery.mode": "full" }),
      await estimateWith(program, stack, { "auterity:recovery.mode": "pilot-light" }),
    ];
    if (full === undefined || pilotLight === undefined) throw new Error("no estimate");
    expect(pilotLight).to.be.lessThan(full);
  });

  it("is estimated for nights: dev costs less with them than without", async function () {
    this.timeout(60_000);
    const program = loadProgram(projectDirectory);
    const stack = readStackFile(projectDirectory, "dev");
    const [resting, always] = [
      await estimateWith(program, stack, {}),
      await estimateWith(program, stack, { "auterity:costs.nights.enabled": false }),
    ];
    if (resting === undefined || always === undefined) throw new Error("no estimate");
    expect(resting).to.be.lessThan(always - 50);
  });

  it("is refused where the stack file has no such setting", () => {
    const stack = readStackFile(projectDirectory, "recovery");
    expect(() => withSettings(stack, { "auterity:recovery.moode": "full" })).to.throw(
      "auterity:recovery.moode: Pulumi.recovery.yaml has no such setting",
    );
  });
});
