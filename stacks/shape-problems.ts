import type { z } from "zod";

/** One line per issue, as the house writes them: `path: got VALUE, need WHAT IS ACCEPTED`. */
export function shapeProblems(
  prefix: string,
  error: z.ZodError | undefined,
  raw: unknown,
): string[] {
  return (error?.issues ?? []).flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === "unrecognized_keys")
      return issue.keys.map(
        (key) => `${prefix}${[...path, key].join(".")}: unknown key, remove it`,
      );
    const given = valueAt(raw, path);
    return [`${prefix}${path.join(".")}: ${describe(given)}, ${accepted(issue)}`];
  });
}

function accepted(issue: z.core.$ZodIssue): string {
  if (issue.message.startsWith("need ")) return issue.message;
  if (issue.code === "invalid_type") return `need ${article(issue.expected)}`;
  if (issue.code === "invalid_value") return `need ${issue.values.map(String).join(" or ")}`;
  if (issue.code === "too_small")
    return `need ${issue.inclusive === false ? "more than" : "at least"} ${String(issue.minimum)}`;
  return issue.message;
}

function article(type: string): string {
  return type === "int" ? "a whole number" : `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;
}

function describe(value: unknown): string {
  return value === undefined ? "missing" : `got ${JSON.stringify(value)}`;
}

function valueAt(raw: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null
        ? (value as Record<string, unknown>)[key]
        : undefined,
    raw,
  );
}
