import { expect } from "chai";
import { mailer } from "../components/platform-service-fixture";
import {
  itRefuses,
  scaling,
  schedule,
  withApi,
  withMailer,
  withStock,
  type Case,
} from "./catalogue-fixture";

const scalingCases: Case[] = [
  [
    "one replica in tier critical",
    () => withApi(scaling({ min: 1 })),
    ["shop-api.scaling.min: got 1, need 2 to 1000 in tier critical"],
  ],
  [
    "no replica in tier standard",
    () =>
      withStock({
        scaling: { min: 0, max: 2, signals: [{ kind: "running-jobs", metric: "jobs" }] },
      }),
    ["shop-stock.scaling.min: got 0, need 1 to 1000 in tier standard"],
  ],
  [
    "fewer than no replicas in tier batch",
    () => withMailer({ scaling: { ...mailer.scaling, min: -1 } }),
    ["shop-mailer.scaling.min: got -1, need 0 to 1000 in tier batch"],
  ],
  [
    "half a replica",
    () => withApi(scaling({ min: 2.5 })),
    ["shop-api.scaling.min: got 2.5, need 2 to 1000 in tier critical"],
  ],
  [
    "a maximum below the minimum",
    () => withApi(scaling({ min: 5, max: 4 })),
    ["shop-api.scaling.max: got 4, need more than min (5) and at most 1000"],
  ],
  [
    "a maximum that leaves no room",
    () => withApi(scaling({ min: 3, max: 3 })),
    ["shop-api.scaling.max: got 3, need more than min (3) and at most 1000"],
  ],
  [
    "a maximum beyond reason",
    () => withApi(scaling({ max: 1001 })),
    ["shop-api.scaling.max: got 1001, need more than min (3) and at most 1000"],
  ],
  [
    "nothing to scale by",
    () => withApi(scaling({ signals: [] })),
    ["shop-api.scaling.signals: got none, need at least one"],
  ],
  [
    "one kind of signal twice",
    () =>
      withApi(
        scaling({
          signals: [
            { kind: "cpu", targetPercent: 50 },
            { kind: "cpu", targetPercent: 60 },
          ],
        }),
      ),
    ["shop-api.scaling.signals: got cpu twice, need each kind once"],
  ],
  [
    "a rest at none that nothing wakes",
    () =>
      withMailer({ scaling: { min: 0, max: 4, signals: [{ kind: "cpu", targetPercent: 70 }] } }),
    [
      "shop-mailer.scaling.min: got 0 with signals that only running pods give, need queue-length or running-jobs, or 1",
    ],
  ],
  [
    "a CPU target beyond all of it",
    () => withApi(scaling({ signals: [{ kind: "cpu", targetPercent: 101 }] })),
    ["shop-api.scaling.signals.cpu.targetPercent: got 101, need 1 to 100"],
  ],
  [
    "a request rate that is not measured, of nothing",
    () =>
      withStock({
        scaling: { min: 1, max: 2, signals: [{ kind: "request-rate", perReplicaPerSecond: 0 }] },
      }),
    [
      "shop-stock.scaling.signals.request-rate: got a service without port and metricsPath, need both",
      "shop-stock.scaling.signals.request-rate: got a service without slo, need slo.metrics, which names the requests",
      "shop-stock.scaling.signals.request-rate.perReplicaPerSecond: got 0, need more than 0",
    ],
  ],
  [
    "a queue without a name in a broker that the service does not talk to",
    () => withApi(scaling({ signals: [{ kind: "queue-length", queue: "", perReplica: 0 }] })),
    [
      "shop-api.scaling.signals.queue-length.queue: got nothing, need the name of a queue",
      "shop-api.scaling.signals.queue-length: got a service that does not talk to rabbitmq, need rabbitmq in talksTo.stores",
      "shop-api.scaling.signals.queue-length: got a service without the broker's URL, need a secret of origin broker-user with a variable that ends in _URL",
      "shop-api.scaling.signals.queue-length.perReplica: got 0, need more than 0",
    ],
  ],
  [
    "a metric of jobs that is none",
    () => withApi(scaling({ signals: [{ kind: "running-jobs", metric: "jobs-active" }] })),
    [
      'shop-api.scaling.signals.running-jobs.metric: got "jobs-active", need the name of a Prometheus metric',
    ],
  ],
  [
    "a schedule in no time zone",
    () => withApi(scaling({ schedule: { ...schedule, timeZone: "Pacific/Nowhere" } })),
    [
      'shop-api.scaling.schedule.timeZone: got "Pacific/Nowhere", need an IANA time zone such as "America/Los_Angeles"',
    ],
  ],
  [
    "a schedule by an offset, which knows no summer time",
    () => withApi(scaling({ schedule: { ...schedule, timeZone: "+01:00" } })),
    [
      'shop-api.scaling.schedule.timeZone: got "+01:00", need an IANA time zone such as "America/Los_Angeles"',
    ],
  ],
  [
    "cron expressions of four fields and of a 25th hour",
    () => withApi(scaling({ schedule: { ...schedule, start: "0 7 * *", end: "0 25 * * *" } })),
    [
      'shop-api.scaling.schedule.start: got "0 7 * *", need five cron fields with one space between them',
      'shop-api.scaling.schedule.end: got "0 25 * * *", need hour 0 to 23, as *, a-b, a,b or */n',
    ],
  ],
  [
    "a schedule that ends when it starts",
    () => withApi(scaling({ schedule: { ...schedule, end: schedule.start } })),
    ['shop-api.scaling.schedule.end: got "0 7 * * 1-5", need another time than start'],
  ],
  [
    "a schedule that ends when it starts, in other words",
    () => withApi(scaling({ schedule: { ...schedule, end: "0 7 * * MON-FRI" } })),
    ['shop-api.scaling.schedule.end: got "0 7 * * MON-FRI", need another time than start'],
  ],
  [
    "a schedule on a day that never comes",
    () => withApi(scaling({ schedule: { ...schedule, start: "0 7 31 FEB,4 *" } })),
    ['shop-api.scaling.schedule.start: got "0 7 31 FEB,4 *", need a day that its months have'],
  ],
  [
    "a schedule below the floor, which it would lower",
    () => withApi(scaling({ schedule: { ...schedule, replicas: 2 } })),
    ["shop-api.scaling.schedule.replicas: got 2, need 3 to 10, within min and max"],
  ],
  [
    "a schedule beyond the maximum",
    () => withApi(scaling({ schedule: { ...schedule, replicas: 11 } })),
    ["shop-api.scaling.schedule.replicas: got 11, need 3 to 10, within min and max"],
  ],
  [
    "tier critical on nodes that may be taken away",
    () => withApi({ nodeClass: "spot" }),
    ['shop-api.nodeClass: got "spot" in tier critical, need nodes that are not taken away'],
  ],
];

describe("A catalogue's scaling", () => {
  itRefuses(scalingCases);

  it("takes every spelling of a cron field", () => {
    for (const start of ["*/15 6-8,18 1,15 JAN-mar MON-fri", "59 23 31 12 6", "0-59/5 * * * *"]) {
      expect(withApi(scaling({ schedule: { ...schedule, start } })), start).to.deep.equal([]);
    }
  });

  it("takes a schedule over midnight, and one on a day that some months have", () => {
    for (const hours of [
      { start: "0 20 * * *", end: "0 6 * * *" },
      { start: "0 7 31 * *", end: "0 19 31 * *" },
      { start: "0 7 29 2 *", end: "0 19 29 2 *" },
      { start: "0 7 31 2 MON", end: "0 19 * * MON" },
      { start: "0 */6 * * *", end: "30 */6 * * *" },
    ])
      expect(withApi(scaling({ schedule: { ...schedule, ...hours } })), hours.start).to.deep.equal(
        [],
      );
  });

  for (const start of [
    "60 * * * *",
    "* * 0 * *",
    "* * * 13 *",
    "* * * * 7",
    "*/0 * * * *",
    "5-1 * * * *",
    "1/2/3 * * * *",
    "1-2-3 * * * *",
    "a * * * *",
  ]) {
    it(`refuses the cron expression "${start}"`, () => {
      expect(withApi(scaling({ schedule: { ...schedule, start } }))).to.have.lengthOf(1);
    });
  }
});
