import { expect } from "chai";
import { limitInFlight } from "../../tools/policies/in-flight";

describe("work in flight", () => {
  it("starts in order, so much at a time, and goes on after a failure", async () => {
    const limited = limitInFlight(2);
    const started: number[] = [];
    let running = 0;
    let most = 0;
    const work = [1, 2, 3, 4, 5].map((number) =>
      limited(async () => {
        started.push(number);
        running += 1;
        most = Math.max(most, running);
        await new Promise((settle) => setTimeout(settle, 1));
        running -= 1;
        if (number === 2) throw new Error("failed");
        return number;
      }),
    );
    const results = await Promise.allSettled(work);
    expect(results.map(({ status }) => status)).to.deep.equal([
      ...["fulfilled", "rejected", "fulfilled", "fulfilled", "fulfilled"],
    ]);
    expect([started, most]).to.deep.equal([[1, 2, 3, 4, 5], 2]);
  });
});
