import { expect } from "chai";
import { services } from "../../../stacks/services";
import { replicaWork, usageOf } from "../../../tools/drill/cluster/demand";
import type { NodeGroup } from "../../../tools/drill/cluster/planned";
import type { Sample } from "../../../tools/drill/cluster/recorder";
import { fixedSize, keepAccount } from "../../../tools/drill/day/account";
import { demandAt, hours } from "../../../tools/drill/day/curve";
import { floorAt, roomAt } from "../../../tools/drill/day/floors";
import { turnsOf } from "../../../tools/drill/spike/steps";
import { createWave, quiet } from "../../../tools/drill/spike/wave";

const group: NodeGroup = {
  ...{ nodeClass: "general", zone: "us-west-2a", instanceTypes: ["m6i.xlarge"] },
  ...{ capacityType: "ON_DEMAND", labels: { workload: "general" }, taints: [] },
  ...{ diskGiB: 80, least: 1, most: 3 },
};

function sampleOf(values: Partial<Sample>): Sample {
  return {
    ...{ seconds: 0, ready: {}, wanted: {}, pending: 0 },
    ...{ nodes: {}, machines: {} },
    ...values,
  };
}

function recordOf(name: string) {
  const record = services.find((candidate) => candidate.name === name);
  if (record === undefined) throw new Error(`the catalogue has no ${name}`);
  return record;
}

describe("simulated use of CPU", () => {
  const work = {
    ...replicaWork(recordOf("relaycore")),
    ...{ requestMillicores: 500, limitMillicores: 1000, targetPercent: 70 },
  };

  it("is the target's share of the request where the demand is as many replicas' worth as there are", () => {
    expect(usageOf(work, 4, 4)).to.equal(350);
  });

  it("is shared evenly, ends at the limit, and is none where nothing is ready", () => {
    expect(usageOf(work, 2, 4)).to.equal(175);
    expect(usageOf(work, 40, 4)).to.equal(1000);
    expect(usageOf(work, 4, 0)).to.equal(0);
  });
});

describe("a count of pods over time", () => {
  it("turns each time it goes the other way", () => {
    const samples = (...counts: number[]): Sample[] =>
      counts.map((count) => sampleOf({ wanted: { relaycore: count } }));
    expect(turnsOf(samples(3, 3, 6, 12, 12, 3), "relaycore")).to.equal(1);
    expect(turnsOf(samples(3, 6, 5, 6, 3), "relaycore")).to.equal(3);
    expect(turnsOf(samples(3, 3, 3), "relaycore")).to.equal(0);
  });
});

describe("the wave of the load", () => {
  it("is quiet for all until it moves, and then for those alone that are hit", () => {
    const wave = createWave(["relaycore"], ["neuroweaver-training"]);
    expect(wave.demand("relaycore")).to.equal(quiet);
    wave.move(11, 0);
    expect(wave.demand("relaycore")).to.equal(11);
    expect(wave.demand("automatrix-web")).to.equal(quiet);
    expect(wave.demand("neuroweaver-training")).to.equal(0);
  });
});

describe("the load of a day", () => {
  it("has a value for every service at every hour, none more than its record can serve", () => {
    for (const { name, scaling } of services)
      for (let hour = 0; hour < hours; hour += 0.25) {
        expect(demandAt(name, hour), `${name} at ${hour}`).to.be.within(0, scaling.max);
      }
    for (const { name } of services)
      expect(
        Math.max(...Array.from({ length: hours }, (_, hour) => demandAt(name, hour))),
        name,
      ).to.be.above(0);
  });
});

describe("the floor at an hour", () => {
  const scaling = {
    ...{ min: 3, max: 12, signals: [] },
    schedule: { timeZone: "Etc/UTC", start: "0 7 * * 1-5", end: "0 19 * * 1-5", replicas: 5 },
  };

  it("is the schedule's from its first hour to its last, and the record's before and after", () => {
    expect([6, 7, 18, 19].map((hour) => floorAt(scaling, hour))).to.deep.equal([3, 5, 5, 3]);
  });

  it("of room on nodes is what is held by day in its hours, and the floor of any time else", () => {
    const trigger = {
      type: "cron",
      metadata: { start: "0 7 * * 1-5", end: "0 19 * * 1-5", desiredReplicas: "6" },
    };
    const spec = { scaleTargetRef: { name: "general" }, minReplicaCount: 3, triggers: [trigger] };
    expect([6, 7, 18, 19].map((hour) => roomAt(spec, hour))).to.deep.equal([3, 6, 6, 3]);
  });

  it("is not guessed where a schedule does not begin with an hour", () => {
    const schedule = { ...scaling.schedule, start: "30 7 * * *" };
    expect(() => floorAt({ ...scaling, schedule }, 8)).to.throw(
      'schedule "30 7 * * *": the drill knows full hours alone',
    );
  });
});

describe("the account of a day", () => {
  const stretch = (hour: number, replicas: number, nodes: number) => ({
    ...{ hour, hours: 12 },
    sample: sampleOf({
      ready: { relaycore: replicas },
      machines: { "general m6i.xlarge": nodes, "system m6i.large": 3 },
    }),
  });
  const args = {
    records: [recordOf("relaycore")],
    nodeGroups: [group],
    demandAt: (_service: string, hour: number) => (hour < 12 ? 2 : 8),
  };

  it("adds up nodes by class, CPU and money, and leaves the system's nodes out", () => {
    const account = keepAccount([stretch(0, 3, 3), stretch(12, 9, 6)], args);
    expect(account.nodeHours).to.deep.equal({ "general m6i.xlarge": 108 });
    expect(account.dollars).to.be.closeTo(108 * 0.192, 1e-9);
    expect(account.unpriced).to.deep.equal([]);
    expect(account.used).to.be.closeTo(12 * 0.35 * (2 + 8), 1e-9);
    expect(account.asked).to.be.closeTo(12 * 0.5 * (3 + 9), 1e-9);
  });

  it("has at a fixed size all day the most of everything", () => {
    const stretches = [stretch(0, 3, 3), stretch(12, 9, 6)];
    expect(keepAccount(fixedSize(stretches), args).nodeHours).to.deep.equal({
      "general m6i.xlarge": 144,
    });
  });
});
