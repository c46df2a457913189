import { expect } from "chai";
import * as ours from "../../../components/shared/secret-names";
import * as theirs from "../../../functions/shared/secret-value";

describe("what functions and components say about secrets", () => {
  it("is the same: functions may not import components", () => {
    expect(theirs.notFilledKey).to.equal(ours.notFilledKey);
    expect(theirs.parseSecretValue(ours.notFilledValue)).to.have.keys(theirs.notFilledKey);
    expect(theirs.previousVariable("SECRET_KEY")).to.equal(ours.previousVariable("SECRET_KEY"));
    expect(theirs.nextVariable("SECRET_KEY")).to.equal(ours.nextVariable("SECRET_KEY"));
    for (const variable of [...ours.withNeighbours("SECRET_KEY"), "NEXT_KEY", "PREVIOUS_KEY"])
      expect(theirs.isNeighbour(variable)).to.equal(ours.isNeighbour(variable));
  });
});
