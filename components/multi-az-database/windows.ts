const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const minutesPerDay = 24 * 60;
const minutesPerWeek = days.length * minutesPerDay;
/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html */
const shortestMinutes = 30;

/** Minutes of the week, the end not included; the end may be in the next week. */
interface Window {
  readonly start: number;
  readonly end: number;
}

function minuteOf(hour = "", minute = ""): number {
  return Number(hour) * 60 + Number(minute);
}

/** "04:00-05:00", the same every day, in UTC; undefined if it is none. */
export function readBackupWindow(text: string): Window | undefined {
  const time = "([01]\\d|2[0-3]):([0-5]\\d)";
  const found = new RegExp(`^${time}-${time}$`).exec(text);
  if (found === null) return undefined;
  const start = minuteOf(found[1], found[2]);
  const end = minuteOf(found[3], found[4]);
  return longEnough({ start, end: end <= start ? end + minutesPerDay : end });
}

/** "sun:05:00-sun:06:00" in UTC; undefined if it is none. */
export function readMaintenanceWindow(text: string): Window | undefined {
  const moment = `(${days.join("|")}):([01]\\d|2[0-3]):([0-5]\\d)`;
  const found = new RegExp(`^${moment}-${moment}$`).exec(text);
  if (found === null) return undefined;
  const at = (day = "", hour = "", minute = ""): number =>
    days.findIndex((one) => one === day) * minutesPerDay + minuteOf(hour, minute);
  const start = at(found[1], found[2], found[3]);
  const end = at(found[4], found[5], found[6]);
  return longEnough({ start, end: end <= start ? end + minutesPerWeek : end });
}

function longEnough(window: Window): Window | undefined {
  return window.end - window.start >= shortestMinutes ? window : undefined;
}

/** Whether a daily and a weekly window have a minute in common. */
export function windowsOverlap(daily: Window, weekly: Window): boolean {
  // A week before and after, since both may reach into the next.
  return Array.from({ length: 3 * days.length }, (_, day) => (day - days.length) * minutesPerDay)
    .map((shift) => ({ start: daily.start + shift, end: daily.end + shift }))
    .some(({ start, end }) => start < weekly.end && weekly.start < end);
}
