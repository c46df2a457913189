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
