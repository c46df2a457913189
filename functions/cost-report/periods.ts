const dayMilliseconds = 86_400_000;

/** From the first day on, before the last: dates as Cost Explorer has them. */
export interface Period {
  readonly Start: string;
  readonly End: string;
}

export interface Periods {
  /** The last whole week, Monday to Sunday in UTC, and the one before. */
  readonly week: Period;
  readonly weekBefore: Period;
  /** The last four whole weeks. */
  readonly trend: Period;
  /** Of this month what has passed; undefined on its first day. */
  readonly monthToDate: Period | undefined;
  /** Of this month what is left, today with it. */
  readonly monthLeft: Period;
}

export function periodsAt(now: Date): Periods {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  // Sunday is 0 there, and the last day of a week here.
  const monday = today - ((now.getUTCDay() + 6) % 7) * dayMilliseconds;
  const weeksAgo = (count: number) => monday - 7 * count * dayMilliseconds;
  const first = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
  const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1);
  return {
    week: period(weeksAgo(1), monday),
    weekBefore: period(weeksAgo(2), weeksAgo(1)),
    trend: period(weeksAgo(4), monday),
    monthToDate: first === today ? undefined : period(first, today),
    monthLeft: period(today, next),
  };
}

function period(start: number, end: number): Period {
  return { Start: dateOf(start), End: dateOf(end) };
}

function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

export function contains({ Start, End }: Period, day: string): boolean {
  return Start <= day && day < End;
}

/** For people, to whom a week ends on its Sunday. */
export function lastDay({ End }: Period): string {
  return dateOf(Date.parse(End) - dayMilliseconds);
}
