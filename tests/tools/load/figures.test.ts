import { expect } from "chai";
import { LoadCount, type LoadFigures } from "../../../tools/load/figures";
import { twoServices } from "./two-services";

function counted(...answers: [target: string, status: number, milliseconds: number][]) {
  const count = new LoadCount(twoServices);
  for (const [target, status, milliseconds] of answers) count.add({ target, status, milliseconds });
  return count.figures();
}

function ofShop({ services }: LoadFigures) {
  return services.find(({ service }) => service === "shop");
}

describe("LoadCount", () => {
  it("adds the paths of a service up", () => {
    const figures = counted(["start", 200, 10], ["basket", 204, 30], ["docs", 200, 700]);
    expect(figures).to.deep.equal({
      services: [
        {
          service: "shop",
          requests: 2,
          failed: 0,
          answeredInTime: 2,
          p95Milliseconds: 30.015,
          longestMilliseconds: 30,
        },
        {
          service: "docs",
          requests: 1,
          failed: 0,
          p95Milliseconds: 700.415,
          longestMilliseconds: 700,
        },
      ],
      unsent: 0,
    });
  });

  it("takes every other status for a failure, and none for no answer", () => {
    const figures = counted(["start", 204, 1], ["start", 302, 1], ["start", 0, 1]);
    expect(ofShop(figures)).to.deep.include({ requests: 3, failed: 3, answeredInTime: 2 });
  });

  it("counts exactly at the bound of the objective", () => {
    expect(ofShop(counted(["start", 200, 500], ["start", 200, 500.001]))).to.deep.include({
      answeredInTime: 1,
    });
  });

  it("knows percentiles to three digits", () => {
    const answers = Array.from({ length: 1000 }, (_, i): [string, number, number] => [
      "start",
      200,
      i + 1,
    ]);
    expect(ofShop(counted(...answers))?.p95Milliseconds).to.be.within(950, 951);
  });

  it("refuses an answer of whom nobody asked", () => {
    expect(() => counted(["other", 200, 1])).to.throw("nobody asked for other");
  });

  it("sums up what was not sent", () => {
    const count = new LoadCount(twoServices);
    count.addUnsent(3);
    count.addUnsent(4);
    expect(count.figures().unsent).to.equal(7);
  });
});
