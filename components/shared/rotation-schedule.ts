/** When rotations of a schedule may begin. */
export interface RotationStarts {
  /** Hours of the day at which a window opens, in UTC, in order. */
  readonly hours: readonly number[];
  /** Longest time between two, in days. */
  readonly longestDays: number;
}

/** What a schedule comes to, or what is wrong with it. */
export type ReadSchedule = { readonly starts: RotationStarts } | { readonly need: string };

/** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html */
const [fewestHours, mostHours, mostDays] = [4, 23, 999];
const dayMilliseconds = 86_400_000;

const forms =
  "need rate(4 hours) to rate(23 hours), rate(1 day) to rate(999 days), or cron(0 HOUR DAY-OF-MONTH MONTH DAY-OF-WEEK *), such as cron(0 9 ? * SUN#1 *)";

/** Reads what Secrets Manager takes, in UTC. */
export function readSchedule(schedule: string): ReadSchedule {
  const rate = /^rate\(([1-9]\d*) (hours?|days?)\)$/.exec(schedule);
  if (rate !== null) return readRate(Number(rate[1]), rate[2] ?? "");
  const cron = /^cron\(([^()]*)\)$/.exec(schedule);
  if (cron === null) return { need: forms };
  return readCron((cron[1] ?? "").split(" "));
}

function readRate(amount: number, unit: string): ReadSchedule {
  if (unit.endsWith("s") === (amount === 1)) return { need: forms };
  const isHours = unit.startsWith("hour");
  const [least, most] = isHours ? [fewestHours, mostHours] : [1, mostDays];
  if (amount < least || amount > most) return { need: forms };
  if (!isHours) return { starts: { hours: [0], longestDays: amount } };
  // Where the day is no multiple of it, the window opens at another hour each day, in the end at any.
  const hours = stepped(0, 23, 24 % amount === 0 ? amount : 1);
  return { starts: { hours, longestDays: amount / 24 } };
}

function readCron([
  minute,
  hour,
  day,
  month,
  weekday,
  year,
  ...more
]: readonly string[]): ReadSchedule {
  if (minute !== "0" || year !== "*" || more.length > 0) return { need: forms };
  const hours = readHours(hour ?? "");
  const months = readList(month ?? "", monthField);
  if (hours === undefined || months === undefined) return { need: forms };
  const matches = dayMatcher(day ?? "", weekday ?? "");
  if (matches === undefined) return { need: `${forms}; of the two fields of days one has to be ?` };
  const days = matchingDays((date) => months.has(date.getUTCMonth() + 1) && matches(date));
  const gaps = days.slice(1).map((each, index) => each - (days[index] ?? each));
  if (gaps.length === 0) return { need: "need a day that comes more than once in eight years" };
  return {
    starts: {
      hours,
      longestDays:
        hours.length > 1 && Math.max(...gaps) === 1 ? longestHours(hours) / 24 : Math.max(...gaps),
    },
  };
}

/** An hour, or every so many from it on; the count begins anew each day. */
function readHours(text: string): number[] | undefined {
  const found = /^(\d{1,2})(?:\/(\d{1,2}))?$/.exec(text);
  if (found === null) return undefined;
  const [first, step] = [Number(found[1]), Number(found[2] ?? 24)];
  if (first > 23 || step < fewestHours || step > 24) return undefined;
  const hours = stepped(first, 23, step);
  return shortestHours(hours) < fewestHours ? undefined : hours;
}

function stepped(first: number, last: number, step: number): number[] {
  return Array.from(
    { length: Math.floor((last - first) / step) + 1 },
    (_, index) => first + index * step,
  );
}

function gapsOf(hours: readonly number[]): number[] {
  const [first = 0] = hours;
  return hours.map((hour, index) => (hours[index + 1] ?? first + 24) - hour);
}

function shortestHours(hours: readonly number[]): number {
  return Math.min(...gapsOf(hours));
}

function longestHours(hours: readonly number[]): number {
  return Math.max(...gapsOf(hours));
}

interface Field {
  readonly least: number;
  readonly most: number;
  readonly names: readonly string[];
}

const monthField: Field = {
  ...{ least: 1, most: 12 },
  names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
};
const dayField: Field = { least: 1, most: 31, names: [] };
const weekdayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const weekdayField: Field = { least: 1, most: 7, names: weekdayNames };

/** `*`, numbers and names, ranges and steps, parted by commas. */
function readList(text: string, field: Field): Set<number> | undefined {
  const found = new Set<number>();
  for (const part of text.split(",")) {
    const [range = "", step, ...more] = part.split("/");
    const [from = "", to, ...others] = range.split("-");
    const first = from === "*" ? field.least : readNumber(from, field);
    const last =
      to === undefined
        ? from === "*" || step !== undefined
          ? field.most
          : first
        : readNumber(to, field);
    const by = step === undefined ? 1 : Number(step);
    const isWrong = more.length > 0 || others.length > 0 || (from === "*" && to !== undefined);
    if (isWrong || first === undefined || last === undefined || last < first) return undefined;
    if (!Number.isInteger(by) || by < 1) return undefined;
    for (const value of stepped(first, last, by)) found.add(value);
  }
  return found;
}

function readNumber(text: string, { least, most, names }: Field): number | undefined {
  const named = names.indexOf(text.toUpperCase());
  const value = named === -1 ? (/^\d{1,2}$/.test(text) ? Number(text) : NaN) : named + 1;
  return value >= least && value <= most ? value : undefined;
}

type Matches = (date: Date) => boolean;

/** One of the fields says which days, the other is `?`. */
function dayMatcher(day: string, weekday: string): Matches | undefined {
  if ((day === "?") === (weekday === "?")) return undefined;
  return weekday === "?" ? dayOfMonth(day) : dayOfWeek(weekday);
}

function dayOfMonth(text: string): Matches | undefined {
  if (text === "L") return (date) => date.getUTCDate() === lastDay(date);
  const days = readList(text, dayField);
  return days && ((date) => days.has(date.getUTCDate()));
}

function dayOfWeek(text: string): Matches | undefined {
  const special = /^([A-Za-z0-9]+?)(?:#([1-5])|(L))$/.exec(text);
  const weekdays = readList(special?.[1] ?? text, weekdayField);
  if (weekdays === undefined) return undefined;
  const nth = special?.[2];
  return (date) => {
    const of = date.getUTCDate();
    if (!weekdays.has(date.getUTCDay() + 1)) return false;
    if (special === null) return true;
    return nth === undefined ? of + 7 > lastDay(date) : Math.ceil(of / 7) === Number(nth);
  };
}

function lastDay(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

/** Days since 1970 that match, of eight years: leap years come twice in them. */
function matchingDays(matches: Matches): number[] {
  const first = Date.UTC(2024, 0, 1) / dayMilliseconds;
  const days = Array.from({ length: 8 * 365 + 2 }, (_, index) => first + index);
  return days.filter((day) => matches(new Date(day * dayMilliseconds)));
}
