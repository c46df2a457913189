import { expect } from "chai";
import {
  awakeFrom,
  workingHoursPerWeek,
  workingWeekProblems,
  type WorkingWeek,
} from "../../components/shared/working-week";

const week: WorkingWeek = {
  timeZone: "Europe/Berlin",
  workingDays: ["MON", "TUE", "SAT"],
  ...{ from: "08:45", to: "18:15" },
};

describe("A working week", () => {
  it("has hours, and a time from which everything is there", () => {
    expect(workingHoursPerWeek(week)).to.equal(28.5);
    expect(awakeFrom(week)).to.equal("09:15");
    expect(workingWeekProblems("week", week)).to.deep.equal([]);
    expect(workingWeekProblems("week", {})).to.deep.equal([]);
  });

  it("is refused with everything that is wrong", () => {
    const bad = { ...week, timeZone: "+01:00", workingDays: [], from: "8", to: "24:00" } as const;
    expect(workingWeekProblems("week", bad)).to.deep.equal([
      'week.timeZone: got "+01:00", need an IANA time zone such as America/Los_Angeles',
      "week.workingDays: got none, need at least one day",
      'week: got "8", need times of the day such as 08:00',
      'week: got "24:00", need times of the day such as 08:00',
    ]);
  });
});
