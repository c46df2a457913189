interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Names for the numbers, the first for `from`. */
  readonly names?: readonly string[];
}

const fields: readonly Field[] = [
  { name: "minute", from: 0, to: 59 },
  { name: "hour", from: 0, to: 23 },
  { name: "day of month", from: 1, to: 31 },
  {
    name: "month",
    from: 1,
    to: 12,
    names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
  },
  {
    name: "day of week",
    from: 0,
    to: 6,
    names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
  },
];

/**
 * What is wrong with a cron expression of five fields, as KEDA's cron scaler reads them; undefined if nothing is.
 * @see https://keda.sh/docs/latest/scalers/cron/
 */
export function cronProblem(expression: string): string | undefined {
  const parts = expression.split(" ");
  if (parts.length !== fields.length || parts.includes("")) {
    return `got "${expression}", need five cron fields with one space between them`;
  }
  const wrong = fields.find((field, index) => !isField(field, parts[index] ?? ""));
  if (wrong === undefined) return undefined;
  return `got "${expression}", need ${wrong.name} ${wrong.from} to ${wrong.to}, as *, a-b, a,b or */n`;
}

function isField(field: Field, text: string): boolean {
  return text.split(",").every((item) => isItem(field, item));
}

function isItem(field: Field, item: string): boolean {
  const [range = "", step, ...more] = item.split("/");
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d?$/.test(step))) return false;
  if (range === "*") return true;
  const [low = "", high, ...rest] = range.split("-");
  const from = valueOf(field, low);
  const to = high === undefined ? from : valueOf(field, high);
  return rest.length === 0 && from !== undefined && to !== undefined && from <= to;
}

function valueOf(field: Field, text: string): number | undefined {
  const named = field.names?.indexOf(text.toUpperCase()) ?? -1;
  if (named >= 0) return field.from + named;
  if (!/^\d{1,2}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= field.from && value <= field.to ? value : undefined;
}

/** Longest of each month, February in a leap year. */
const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** True if the day of the month and the month of a well-formed expression never meet, as on 31 February. */
export function neverComes(expression: string): boolean {
  const [, , days = [], months = [], weekdays = []] = momentsOf(expression);
  // Where both are given, a day of the week is enough.
  if (weekdays.length < 7) return false;
  return !months.some((month) => days.some((day) => day <= (longestMonths[month - 1] ?? 0)));
}

/** True if two well-formed expressions mean the same moments, however they spell them. */
export function isSameMoment(first: string, second: string): boolean {
  return JSON.stringify(momentsOf(first)) === JSON.stringify(momentsOf(second));
}

/** The values of each field, in order. */
function momentsOf(expression: string): number[][] {
  const parts = expression.split(" ");
  return fields.map((field, index) => {
    const values = new Set(
      (parts[index] ?? "").split(",").flatMap((item) => valuesOf(field, item)),
    );
    return [...values].sort((a, b) => a - b);
  });
}

function valuesOf(field: Field, item: string): number[] {
  const [range = "", step] = item.split("/");
  const [low = "", high] = range === "*" ? [] : range.split("-");
  const from = range === "*" ? field.from : (valueOf(field, low) ?? field.from);
  // A step counts on to the field's end where the range has none.
  const open = range === "*" || (high === undefined && step !== undefined);
  const to = open ? field.to : high === undefined ? from : (valueOf(field, high) ?? field.to);
  const every = step === undefined ? 1 : Number(step);
  return Array.from({ length: to - from + 1 }, (_, offset) => from + offset).filter(
    (value) => (value - from) % every === 0,
  );
}
