import { expect } from "chai";
import type { LoadFigures, ServiceFigures } from "../../../tools/load/figures";
import { broken, burning, summaryLine } from "../../../tools/load/judgement";
import { loadVerdict } from "../../../tools/load/run";
import { twoServices } from "./two-services";

const took = { p95Milliseconds: 412.4, longestMilliseconds: 1234.5 };
const shop: ServiceFigures = {
  ...{ service: "shop", requests: 1000, failed: 1, answeredInTime: 950 },
  ...took,
};
const docs: ServiceFigures = { service: "docs", requests: 1000, failed: 0, ...took };

function seen(shopFigures: Partial<ServiceFigures> = {}, unsent = 0): LoadFigures {
  return { services: [{ ...shop, ...shopFigures }, docs], unsent };
}

describe("judgement of load", () => {
  const cases: [string, LoadFigures, string[]][] = [
    ["holds at the objectives themselves", seen(), []],
    [
      "one failure more than the budget",
      seen({ failed: 2 }),
      ["shop: 0.2 % failed, at most 0.1 % may"],
    ],
    [
      "one slow answer more than the objective",
      seen({ answeredInTime: 949 }),
      ["shop: 94.9 % answered within 500 ms, at least 95 % must"],
    ],
    [
      "no request at all",
      seen({ requests: 0, failed: 0, answeredInTime: 0 }),
      ["shop: no request"],
    ],
    ["a service that was not seen", { services: [docs], unsent: 0 }, ["shop: no request"]],
    [
      "a machine that is too slow",
      seen({}, 12),
      ["12 requests could not be sent in time: this machine is too slow"],
    ],
  ];
  for (const [sentence, figures, expected] of cases)
    it(sentence, () => {
      expect(broken(twoServices, figures)).to.deep.equal(expected);
    });

  it("ends a run above the rate at which somebody is paged, not at it", () => {
    expect(burning(twoServices, seen({ requests: 10_000, failed: 144 }))).to.deep.equal([]);
    expect(burning(twoServices, seen({ requests: 10_000, failed: 145 }))).to.deep.equal([
      "shop: 1.45 % failed, the run ends above 1.44 %",
    ]);
    expect(burning(twoServices, { services: [], unsent: 0 })).to.deep.equal([]);
  });

  it("shows a service in one line", () => {
    expect(summaryLine(shop)).to.equal(
      "shop: 1000 requests, 0.1 % failed, p95 412 ms, longest 1235 ms",
    );
    expect(summaryLine({ ...shop, requests: 0 })).to.equal("shop: no request");
  });

  it("ends with 0, 99, or 130 where somebody ended it", () => {
    const lines = [summaryLine(shop), summaryLine(docs)];
    const sent = { figures: seen(), endedBy: [], interrupted: false };
    expect(loadVerdict(twoServices, sent)).to.deep.equal({
      lines: [...lines, "every objective held"],
      exitCode: 0,
    });
    expect(loadVerdict(twoServices, { ...sent, endedBy: ["shop: 5 % failed"] })).to.deep.equal({
      lines: [...lines, "ENDED EARLY: shop: 5 % failed"],
      exitCode: 99,
    });
    expect(loadVerdict(twoServices, { ...sent, interrupted: true })).to.deep.equal({
      lines: [...lines, "ended by hand: what was seen until then is judged by nobody"],
      exitCode: 130,
    });
  });
});
