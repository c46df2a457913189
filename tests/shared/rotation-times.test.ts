import { expect } from "chai";
import { readSchedule } from "../../components/shared/rotation-schedule";
import {
  rotationDays,
  rotationProblems,
  rotationRules,
} from "../../components/shared/rotation-times";
import type { RotationTimes, SecretOrigin } from "../../components/shared/service-record";

const problemsOf = (rotation: object, origin: SecretOrigin = "generated"): string[] =>
  rotationProblems({
    ...{ name: "key", variables: ["KEY"], origin },
    rotation: rotation as RotationTimes,
  });

describe("when a secret rotates", () => {
  const schedules: readonly (readonly [
    schedule: string,
    hours: readonly number[],
    longestDays: number,
  ])[] = [
    ["rate(4 hours)", [0, 4, 8, 12, 16, 20], 1 / 6],
    ["rate(23 hours)", Array.from({ length: 24 }, (_, hour) => hour), 23 / 24],
    ["rate(1 day)", [0], 1],
    ["rate(999 days)", [0], 999],
    ["cron(0 9 * * ? *)", [9], 1],
    ["cron(0 8/8 * * ? *)", [8, 16], 16 / 24],
    ["cron(0 4/12 * * ? *)", [4, 16], 0.5],
    ["cron(0 2/10 ? * MON *)", [2, 12, 22], 7],
    ["cron(0 16 L * ? *)", [16], 31],
    ["cron(0 8 1/7 * ? *)", [8], 7],
    ["cron(0 0 ? * SUN#1 *)", [0], 35],
    ["cron(0 0 ? * 1#5 *)", [0], 119],
    ["cron(0 23 ? * FRIL *)", [23], 35],
    ["cron(0 9 ? JAN,APR,JUL,OCT tue *)", [9], 70],
    ["cron(0 9 1 1-12/3 ? *)", [9], 92],
    ["cron(0 9 29 2 ? *)", [9], 1461],
    ["cron(0 9 1,15 * ? *)", [9], 17],
    ["cron(0 9 ? * MON-FRI *)", [9], 3],
  ];
  for (const [schedule, hours, longestDays] of schedules)
    it(`reads ${schedule}`, () => {
      expect(readSchedule(schedule)).to.deep.equal({ starts: { hours, longestDays } });
    });

  const forms =
    "need rate(4 hours) to rate(23 hours), rate(1 day) to rate(999 days), or cron(0 HOUR DAY-OF-MONTH MONTH DAY-OF-WEEK *), such as cron(0 9 ? * SUN#1 *)";
  for (const schedule of [
    ...["", "daily", "rate(3 hours)", "rate(24 hours)", "rate(1 days)", "rate(2 day)"],
    ...["rate(1000 days)", "rate(0 days)", "rate(-1 days)", "rate(10 minutes)", "rate(1.5 days)"],
    ...["cron(5 9 * * ? *)", "cron(0 24 * * ? *)", "cron(0 * * * ? *)", "cron(0 0/3 * * ? *)"],
    ...["cron(0 1/21 * * ? *)", "cron(0 9 * * ?)", "cron(0 9 * * ? 2027)", "cron(0 9 * * ? * *)"],
    ...[
      "cron(0 9 1 13 ? *)",
      "cron(0 9 1 JANUARY ? *)",
      "cron(0 9 1  * ? *)",
      "cron(0 9 1 5-2 ? *)",
    ],
  ])
    it(`refuses "${schedule}"`, () => {
      expect(readSchedule(schedule)).to.deep.equal({ need: forms });
    });
  for (const schedule of [
    ...["cron(0 9 ? * ? *)", "cron(0 9 1 * MON *)", "cron(0 9 32 * ? *)", "cron(0 9 0 * ? *)"],
    ...["cron(0 9 ? * 8 *)", "cron(0 9 ? * MON#6 *)", "cron(0 9 1/0 * ? *)", "cron(0 9 ? * XYZ *)"],
  ])
    it(`refuses the days of "${schedule}"`, () => {
      expect(readSchedule(schedule)).to.deep.equal({
        need: `${forms}; of the two fields of days one has to be ?`,
      });
    });
  it("refuses a day that never comes", () => {
    expect(readSchedule("cron(0 9 30 2 ? *)")).to.deep.equal({
      need: "need a day that comes more than once in eight years",
    });
  });

  const rules: readonly (readonly [RotationTimes, object, days: number])[] = [
    [{ days: 30 }, { automaticallyAfterDays: 30, duration: "2h" }, 30],
    [{ days: 30, window: "24h" }, { automaticallyAfterDays: 30, duration: "24h" }, 30],
    [
      { schedule: "cron(0 9 ? * SUN#1 *)", window: "3h" },
      { scheduleExpression: "cron(0 9 ? * SUN#1 *)", duration: "3h" },
      35,
    ],
    [
      { schedule: "cron(0 23 L * ? *)" },
      { scheduleExpression: "cron(0 23 L * ? *)", duration: "1h" },
      31,
    ],
    [{ schedule: "rate(5 hours)" }, { scheduleExpression: "rate(5 hours)", duration: "1h" }, 1],
    [{ schedule: "rate(4 hours)" }, { scheduleExpression: "rate(4 hours)", duration: "2h" }, 1],
  ];
  for (const [rotation, expected, days] of rules)
    it(`makes rules of ${JSON.stringify(rotation)}`, () => {
      expect(problemsOf(rotation)).to.deep.equal([]);
      expect([rotationRules(rotation), rotationDays(rotation)]).to.deep.equal([expected, days]);
    });

  const past = "it may not run into the next one, nor past midnight UTC";
  const refusals: readonly (readonly [object, string])[] = [
    [{ days: 0 }, ".days: got 0, need 1 to 1000"],
    [{ days: 1.5 }, ".days: got 1.5, need 1 to 1000"],
    [{ days: 1001 }, ".days: got 1001, need 1 to 1000"],
    [{ days: 7, schedule: "rate(7 days)" }, ": got both days and schedule, need one of them"],
    [{ schedule: "daily" }, `.schedule: got "daily", ${forms}`],
    [{ days: 30, window: "0h" }, '.window: got "0h", need 1h to 24h'],
    [{ days: 30, window: "25h" }, '.window: got "25h", need 1h to 24h'],
    [{ days: 30, window: "90m" }, '.window: got "90m", need 1h to 24h'],
    [
      { schedule: "cron(0 22 * * ? *)", window: "3h" },
      `.window: got "3h", need 2h at most: ${past}`,
    ],
    [
      { schedule: "cron(0 8/8 * * ? *)", window: "9h" },
      `.window: got "9h", need 8h at most: ${past}`,
    ],
    [{ schedule: "rate(4 hours)", window: "5h" }, `.window: got "5h", need 4h at most: ${past}`],
    [{ schedule: "rate(5 hours)", window: "2h" }, `.window: got "2h", need 1h at most: ${past}`],
  ];
  for (const [rotation, problem] of refusals)
    it(`refuses ${JSON.stringify(rotation)}`, () => {
      expect(problemsOf(rotation)).to.deep.equal([`secrets.key.rotation${problem}`]);
    });

  it("has neither schedule nor window where people replace a key", () => {
    const problem =
      "secrets.key.rotation: got a schedule or a window with origin issued-outside, need days alone: people replace it";
    expect(problemsOf({ days: 90 }, "issued-outside")).to.deep.equal([]);
    for (const rotation of [{ days: 90, window: "2h" }, { schedule: "rate(9 days)" }])
      expect(problemsOf(rotation, "issued-outside")).to.deep.equal([problem]);
  });
});
