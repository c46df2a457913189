import { isTimeZone } from "./time-zone";

export const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] as const;
export type Weekday = (typeof weekdays)[number];

/** When people work; every other time is night. */
export interface WorkingWeek {
  /** IANA name, which knows of summer. */
  readonly timeZone: string;
  readonly workingDays: readonly Weekday[];
  /** Times of the day, "07:00"; the end is after the beginning. */
  readonly from: string;
  readonly to: string;
}

/**
 * From the beginning of a working day until what rested at night has to answer: a node, an image and a pod take minutes,
 * and one that had to be tried twice takes some more.
 */
export const morningMinutes = 30;

/** Shorter, and the morning would be the day. */
const shortestDayMinutes = 60;

/** What is wrong with it, a line each; nothing is said of what is missing. */
export function workingWeekProblems(path: string, week: Partial<WorkingWeek>): string[] {
  const { timeZone, workingDays, from, to } = week;
  const problems: string[] = [];
  if (timeZone !== undefined && !isTimeZone(timeZone))
    problems.push(
      `${path}.timeZone: got "${timeZone}", need an IANA time zone such as America/Los_Angeles`,
    );
  if (workingDays?.length === 0)
    problems.push(`${path}.workingDays: got none, need at least one day`);
  if (workingDays !== undefined && new Set(workingDays).size < workingDays.length)
    problems.push(`${path}.workingDays: a day is named twice, need each once`);
  const clock = [from, to].filter((time) => time !== undefined);
  const wrong = clock.filter((time) => !/^([01]\d|2[0-3]):[0-5]\d$/.test(time));
  for (const time of wrong)
    problems.push(`${path}: got "${time}", need times of the day such as 08:00`);
  if (from === undefined || to === undefined || wrong.length > 0) return problems;
  const length = minuteOf(to) - minuteOf(from);
  if (length <= 0)
    problems.push(`${path}: got from ${from} to ${to}, need a beginning before the end`);
  else if (length < shortestDayMinutes)
    problems.push(
      `${path}: got from ${from} to ${to}, need ${shortestDayMinutes} minutes or more; what rested takes up to ${morningMinutes} to be there`,
    );
  return problems;
}

/** "07:30" as minutes since midnight. */
export function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * 60 + minute;
}

/** Of a working day, when everything that rested has to be there. */
export function awakeFrom({ from }: Pick<WorkingWeek, "from">): string {
  const minute = minuteOf(from) + morningMinutes;
  const two = (part: number) => String(part).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

export function workingHoursPerWeek({ workingDays, from, to }: WorkingWeek): number {
  return ((minuteOf(to) - minuteOf(from)) / 60) * workingDays.length;
}
