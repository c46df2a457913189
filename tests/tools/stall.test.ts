import { expect } from "chai";
import { settleOrStall } from "../../tools/plan/stall";

const never = new Promise<void>(() => undefined);

describe("a program that waits", () => {
  it("for something that never comes is told after a silence", async () => {
    const stalled = settleOrStall({ registrations: [], settle: () => never }, 1);
    const message = await stalled.catch((error: unknown) => (error as Error).message);
    expect(message).to.match(/^nothing was registered for 1 s, and something still waits:/);
  });

  it("and settles is left alone", async () => {
    let settled = false;
    await settleOrStall({
      registrations: [],
      settle: () => {
        settled = true;
        return Promise.resolve();
      },
    });
    expect(settled).to.equal(true);
  });
});
