import { expect } from "chai";
import type * as declared from "../../../components/dr-replication/checks";
import type * as run from "../../../functions/restore-validation/checks";

/** Never, unless either takes what the other does. */
type Same<Left, Right> = [Left, Right] extends [Right, Left] ? true : never;

describe("the checks that stores declare", () => {
  it("are those that the function runs: it may not import them, so the compiler compares both", () => {
    const same: [
      Same<declared.DatabaseCheck, run.DatabaseCheck>,
      Same<declared.BucketCheck, run.BucketCheck>,
    ] = [true, true];
    expect(same).to.deep.equal([true, true]);
  });
});
