import { expect } from "chai";
import { parseEnvironment } from "../../stacks/environment";
import { nightsProblems, nightsSchema, workingHours, workingWeek } from "../../stacks/nights";
import { problemsOf } from "../support/environment-problems";
import { environmentNames } from "../support/planned";
import { changed, rawOf } from "../support/stack-file";

const nights = {
  enabled: true,
  timeZone: "America/Los_Angeles",
  workingDays: ["MON", "FRI"] as ("MON" | "FRI")[],
  from: "07:30",
  to: "20:00",
};

describe("nights", () => {
  it("become expressions of the clock", () => {
    expect(workingHours(nights)).to.deep.equal({
      timeZone: "America/Los_Angeles",
      start: "30 7 * * 1,5",
      end: "0 20 * * 1,5",
    });
  });

  it("are in dev alone", () => {
    const resting = environmentNames.filter(
      (name) => workingWeek(parseEnvironment(name, rawOf(name))) !== undefined,
    );
    expect(resting).to.deep.equal(["dev"]);
    expect(workingWeek(parseEnvironment("dev", rawOf("dev")))).to.deep.equal({
      timeZone: "America/Los_Angeles",
      workingDays: ["MON", "TUE", "WED", "THU", "FRI"],
      ...{ from: "07:00", to: "20:00" },
    });
  });

  it("are for development, where one pod is enough", () => {
    const services = { minimumReplicas: "one" } as const;
    expect(nightsProblems({ stage: "development", costs: { nights }, services })).to.be.empty;
    expect(
      nightsProblems({
        stage: "production",
        costs: { nights: { ...nights, from: "20:00", to: "07:00", workingDays: ["MON", "MON"] } },
        services: { minimumReplicas: "declared" },
      }),
    ).to.deep.equal([
      "auterity:costs.nights.enabled: got true, need false in production; its users have no night",
      "auterity:costs.nights.enabled: got true, need auterity:services.minimumReplicas to be one; a schedule would keep pods at night",
      "auterity:costs.nights.workingDays: a day is named twice, need each once",
      "auterity:costs.nights: got from 20:00 to 07:00, need a beginning before the end",
    ]);
  });

  const refusals: [string, Record<string, unknown>, string[]][] = [
    [
      "nodes that stay, and room that keeps some",
      {
        "settings.cluster.nodeClasses.general.minPerZone": 1,
        "settings.cluster.headroomPerZone": { general: 0, spot: 1 },
        "settings.cluster.dayHeadroomPerZone": { general: 0, spot: 1 },
      },
      [
        "auterity:cluster.nodeClasses.general.minPerZone: got 1 with auterity:costs.nights.enabled, need 0; nodes would stay at night, and by day the pods bring theirs",
        "auterity:cluster.headroomPerZone.spot: got 1 with auterity:costs.nights.enabled, need 0, or the same in dayHeadroomPerZone; room that is kept at night keeps nodes",
      ],
    ],
    [
      "experiments on what rests",
      {
        "settings.chaos.schedules": [
          { experiment: "node-loss", at: "cron(15 7 ? * TUE *)" },
          { experiment: "spot-interruption", at: "cron(0 10 ? * WED-FRI *)" },
        ],
        "settings.costs.nights.workingDays": ["MON", "TUE", "WED", "THU"],
      },
      [
        "auterity:chaos.schedules.node-loss: got cron(15 7 ? * TUE *), when everything rests, need a time from 07:30 to 20:00 on MON, TUE, WED, THU",
        "auterity:chaos.schedules.spot-interruption: got cron(0 10 ? * WED-FRI *), when everything rests, need a time from 07:30 to 20:00 on MON, TUE, WED, THU",
      ],
    ],
    [
      "hours of experiments in another time zone",
      { "settings.chaos.scheduleTimeZone": "Europe/Berlin" },
      [
        'auterity:chaos.scheduleTimeZone: got "Europe/Berlin", need that of auterity:costs.nights, "America/Los_Angeles"; experiments are to happen while something runs',
      ],
    ],
    [
      "a day that is over before everything is up",
      { "settings.costs.nights.to": "07:30" },
      [
        "auterity:costs.nights: got from 07:00 to 07:30, need 60 minutes or more; what rested takes up to 30 to be there",
      ],
    ],
  ];
  for (const [what, changes, expected] of refusals)
    it(`refuse ${what}`, () => {
      expect(problemsOf(changed("dev", changes)).slice(0, expected.length)).to.deep.equal(expected);
    });

  it("take room by day, in the same hours", () => {
    const byDay = { "settings.cluster.dayHeadroomPerZone": { general: 1, spot: 0 } };
    expect(problemsOf(changed("dev", byDay))).to.deep.equal([]);
  });

  for (const stage of ["prod", "recovery"] as const)
    it(`are refused in ${stage}`, () => {
      expect(problemsOf(changed(stage, { "settings.costs.nights.enabled": true }))[0]).to.equal(
        `auterity:costs.nights.enabled: got true, need false in ${stage === "prod" ? "production" : "recovery"}; its users have no night`,
      );
    });

  it("refuse what is no time, day or zone", () => {
    for (const wrong of [
      { from: "7" },
      { to: "24:00" },
      { timeZone: "Mars/Base" },
      { workingDays: [] },
    ])
      expect(nightsSchema.safeParse({ ...nights, ...wrong }).success).to.equal(false);
  });
});
