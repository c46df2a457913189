import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** Values of a chart by its name; undefined, and said so, where AUTERITY_CHARTS names no folder that holds it. */
export function knownValues(chart: string): unknown {
  const folder = process.env["AUTERITY_CHARTS"];
  const file = join(folder ?? "", chart, "values.yaml");
  if (folder !== undefined && existsSync(file)) return parse(readFileSync(file, "utf8")) as unknown;
  console.warn(
    `      NOT CHECKED against the chart: AUTERITY_CHARTS names no folder with ${chart}`,
  );
  return undefined;
}

/** Paths of what is given but not known to the chart; what the chart leaves empty takes anything. */
export function unknownKeys(given: object, known: unknown, path = ""): string[] {
  return Object.entries(given).flatMap(([key, value]) => {
    const here = `${path}${key}`;
    if (!isMap(known) || !(key in known)) return [here];
    const below = (known as Record<string, unknown>)[key];
    const free = !isMap(below) || Object.keys(below).length === 0;
    return isMap(value) && !free ? unknownKeys(value, below, `${here}.`) : [];
  });
}

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
