import { expect } from "chai";
import { nightsProblems, nightsSchema, workingHours } from "../../stacks/nights";

const nights: Parameters<typeof workingHours>[0] = {
  enabled: true,
  timeZone: "America/Los_Angeles",
  workingDays: ["MON", "FRI"],
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
      "auterity:costs.nights: got from 20:00 to 07:00, need a beginning before the end",
      "auterity:costs.nights.workingDays: a day is named twice, need each once",
    ]);
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
