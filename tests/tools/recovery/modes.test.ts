import { expect } from "chai";
import { readStackFile } from "../../../tools/plan/stack-files";
import { inMode, standsBy } from "../../../tools/recovery/modes";

describe("the modes of an environment that stands by", () => {
  it("are those of the recovery environment alone", () => {
    expect(
      ["dev", "prod", "recovery"].filter((name) => standsBy(readStackFile(".", name))),
    ).to.deep.equal(["recovery"]);
  });

  it("differ in the mode and in nothing else", () => {
    const stack = readStackFile(".", "recovery");
    for (const mode of ["pilot-light", "full"] as const) {
      const other = inMode(stack, mode);
      const key = "auterity:recovery";
      const own = JSON.parse(stack.config[key]!) as Record<string, unknown>;
      expect(JSON.parse(other.config[key]!)).to.deep.equal({ ...own, mode });
      expect(other.config).to.have.all.keys(...Object.keys(stack.config));
      expect(other.settings["auterity:recovery.mode"]).to.equal(mode);
    }
  });
});
