import type { DataClass } from "./service-record";

/** Tag of whatever keeps data: backups are selected by it, and a policy refuses a store without it. */
export const dataClassTag = "data-class";

export const dataClasses = [
  "none",
  "reproducible",
  "vital",
] as const satisfies readonly DataClass[];

export function dataClassTags(dataClass: DataClass): Readonly<Record<string, string>> {
  return { [dataClassTag]: dataClass };
}

/** What several keep together is worth as much as the most of it. */
export function highestDataClass(classes: readonly DataClass[]): DataClass {
  return [...dataClasses].reverse().find((one) => classes.includes(one)) ?? "none";
}
