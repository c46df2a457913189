import { expect } from "chai";
import {
  criticalPath,
  describePath,
  type Task,
  tasksOf,
} from "../../../tools/recovery/critical-path";
import { aCall, type Duration, durations, stepDurations } from "../../../tools/recovery/durations";
import type { Registration } from "../../../tools/offline/registration";

const lasting = (seconds: number, basis: Duration["basis"] = "measured"): Duration => ({
  ...{ seconds, basis, source: "a clock" },
});
const task = (id: string, seconds: number, ...after: string[]): Task => ({
  ...{ id, title: id, after, duration: lasting(seconds) },
});

describe("the critical path", () => {
  it("is the longest chain, not the one with the most links", () => {
    const tasks = [
      task("network", 10),
      task("cluster", 60, "network"),
      task("a", 1, "network"),
      task("b", 1, "a"),
      task("pod", 5, "b", "cluster"),
    ];
    const path = criticalPath(tasks, ["pod"]);
    expect(path.tasks.map(({ id }) => id)).to.deep.equal(["network", "cluster", "pod"]);
    expect(path.seconds).to.equal(75);
  });

  it("ends where it is asked to, and leaves out what takes no time", () => {
    const tasks = [task("slow", 900), task("there", 0), task("pod", 5, "there")];
    const path = criticalPath(tasks, ["pod"]);
    expect(path.tasks.map(({ id }) => id)).to.deep.equal(["pod"]);
  });

  it("says how much of it nobody has measured", () => {
    const tasks: Task[] = [
      task("one", 60),
      { ...task("two", 0, "one"), duration: lasting(30, "assumed") },
      { ...task("three", 0, "two"), duration: aCall },
    ];
    const path = criticalPath(tasks, ["three"]);
    expect(path.assumedSeconds).to.equal(30 + aCall.seconds);
    expect(describePath(path)).to.deep.equal([
      " 1.0 min  one, measured: a clock",
      " 0.5 min  two, assumed: a clock",
      " 0.1 min  calls of APIs between them",
      " 1.6 min  in all, of which 0.6 min is assumed",
    ]);
  });

  it("refuses tasks that wait for each other, and takes what nobody registered for nothing", () => {
    const circle = [task("a", 1, "b"), task("b", 1, "a")];
    expect(() => criticalPath(circle, ["a"])).to.throw("a waits for itself");
    expect(criticalPath([task("a", 1, "gone")], ["a"]).seconds).to.equal(1);
    expect(criticalPath([], []).seconds).to.equal(0);
  });

  it("takes a known kind by its table, an unknown one for a call, and what is there for nothing", () => {
    const kinds = {
      "aws:mq/broker:Broker": "broker",
      "aws:iam/role:Role": "role",
      "aws:eks/addon:Addon": "addon",
    };
    const registrations = Object.entries(kinds).map(
      ([type, name]) =>
        ({
          type,
          name,
          urn: name,
          custom: true,
          dependencies: [],
          provider: "",
        }) as unknown as Registration,
    );
    expect(
      tasksOf(registrations, ({ name }) => name === "addon").map(
        ({ duration }) => duration.seconds,
      ),
    ).to.deep.equal([900, aCall.seconds, 0]);
  });
});

describe("the table of durations", () => {
  it("names a source for each, by address where it is not assumed or our own", () => {
    for (const [type, { seconds, basis, source }] of Object.entries<Duration>({
      ...durations,
      ...stepDurations,
    })) {
      expect(seconds, type).to.be.greaterThan(0);
      expect(source.trim(), type).not.to.equal("");
      if (basis !== "assumed") expect(source, type).to.match(/https:\/\/|npm run drill/);
    }
  });
});
