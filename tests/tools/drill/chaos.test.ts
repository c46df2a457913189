import { expect } from "chai";
import {
  belowFloor,
  longestWeakness,
  type Strike,
  unexplained,
} from "../../../tools/drill/chaos/judge";
import { seeded } from "../../../tools/drill/chaos/random";
import type { Sample } from "../../../tools/drill/cluster/recorder";

const services = [
  { name: "api", tier: "critical" },
  { name: "web", tier: "standard" },
] as const;

/** States of the critical service over time: seconds, ready pods, wanted pods. */
function samples(...states: readonly (readonly [number, number, number])[]): Sample[] {
  return states.map(([seconds, ready, wanted]) => ({
    seconds,
    ready: { api: ready, web: 0 },
    wanted: { api: wanted, web: 2 },
    ...{ pending: 0, nodes: {}, machines: {} },
  }));
}

const killed = (seconds: number): Strike => ({ seconds, service: "api", manner: "killed" });

describe("the judge of the drill chaos", () => {
  it("lets what was struck be missing for its time", () => {
    const seen = samples([0, 3, 3], [10.1, 2, 3], [14, 3, 3]);
    expect(unexplained(seen, [killed(10)], services)).to.deep.equal([]);
  });

  it("finds a pod that nobody struck, and more of them than were struck", () => {
    expect(unexplained(samples([0, 3, 3], [5, 2, 3], [9, 3, 3]), [], services)).to.deep.equal([
      "api: 2 of 3 pods ready at 5.0 s, 0 strikes explain a missing one",
    ]);
    expect(
      unexplained(samples([0, 3, 3], [5, 1, 3], [9, 3, 3]), [killed(4)], services),
    ).to.deep.equal(["api: 1 of 3 pods ready at 5.0 s, 1 strikes explain a missing one"]);
  });

  it("finds a pod that does not come back in time, also if nothing else happens meanwhile", () => {
    const seen = samples([0, 3, 3], [10, 2, 3], [80, 3, 3]);
    expect(unexplained(seen, [killed(10)], services)).to.deep.equal([
      "api: 2 of 3 pods ready at 80.0 s, 0 strikes explain a missing one",
    ]);
  });

  it("gives pods of a lost node the time until they are given up", () => {
    const seen = samples([0, 3, 3], [10, 2, 3], [80, 3, 3]);
    const lost: Strike = { ...killed(10), manner: "on a lost node" };
    expect(unexplained(seen, [lost], services)).to.deep.equal([]);
  });

  it("leaves out what is not critical: lower tiers give way to higher ones", () => {
    expect(unexplained(samples([0, 3, 3]), [], services)).to.deep.equal([]);
  });

  it("finds evictions below what a budget keeps", () => {
    const eviction = { service: "api", ready: 3, floor: 2 };
    expect(belowFloor([eviction, { ...eviction, ready: 2 }])).to.deep.equal([
      "api: an eviction left 1 pods ready, its budget keeps 2",
    ]);
  });

  it("measures the longest weakness, also one that has not ended", () => {
    expect(
      longestWeakness(samples([0, 3, 3], [5, 2, 3], [7, 3, 3], [9, 2, 3], [15, 2, 3]), "api"),
    ).to.equal(6);
  });

  it("draws the same numbers for the same seed, and others for another", () => {
    const numbers = (seed: number) => {
      const { next } = seeded(seed);
      return Array.from({ length: 5 }, next);
    };
    expect(numbers(7)).to.deep.equal(numbers(7));
    expect(numbers(7)).not.to.deep.equal(numbers(8));
    for (const number of numbers(1)) expect(number).to.be.within(0, 1);
  });
});
