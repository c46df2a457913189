import { expect } from "chai";
import { scaled, scaledConfiguration, scaledFiles } from "../../../tools/drill/alerts/scaled";
import { counting, during, expose } from "../../../tools/drill/alerts/world";

describe("The world of the alerts drill", () => {
  it("counts at one rate, then at another, then at the first again", () => {
    const course = counting([10, 20], 2, 5);
    expect([0, 10, 15, 20, 30].map((minute) => course(minute))).to.deep.equal([
      2000, 2020, 2045, 2070, 2090,
    ]);
  });

  it("shows what is there, and leaves out what is not", () => {
    const world = { a: during([1, 2], 1, 0), b: () => undefined };
    expect(expose(world, 1.5)).to.equal("a 0\n");
  });
});

describe("A minute that takes a second", () => {
  it("shortens durations, and never to nothing", () => {
    expect(["5m", "1h30m", "1d", "30s", "1s"].map(scaled)).to.deep.equal([
      ...["5000ms", "90000ms", "1440000ms", "500ms", "100ms"],
    ]);
  });

  it("is in the ranges, offsets, waits and intervals of rules, and nowhere else", () => {
    const rule = { alert: "A", expr: "rate(a5m[5m] offset 1d) > 14 * 86400", for: "10m" };
    const [file] = scaledFiles([{ name: "f", groups: [{ name: "g", rules: [rule] }] }]);
    expect(file?.groups).to.deep.equal([
      {
        name: "g",
        interval: "500ms",
        rules: [
          { ...rule, expr: "rate(a5m[5000ms] offset 1440000ms) > 14 * 86400", for: "10000ms" },
        ],
      },
    ]);
  });

  it("is in Alertmanager's waits, which lose the hours of the day", () => {
    expect(
      scaledConfiguration({
        route: { group_wait: "30s", active_time_intervals: ["x"], routes: [{ receiver: "5m" }] },
        time_intervals: [],
      }),
    ).to.deep.equal({ route: { group_wait: "500ms", routes: [{ receiver: "5m" }] } });
  });
});
