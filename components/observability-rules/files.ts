import { type PrometheusGroup, prometheusGroup, type ReadingPlaces, type RuleGroup } from "./rule";

/** Groups that belong together, in one file and one object. */
export interface RuleFile {
  readonly name: string;
  readonly groups: readonly PrometheusGroup[];
}

/** A file by subject; those of an objective's service share one, and so do the anomalies. */
export function ruleFiles(groups: readonly RuleGroup[], places: ReadingPlaces): RuleFile[] {
  const files = new Map<string, PrometheusGroup[]>();
  for (const group of groups) {
    const name = fileOf(group.name);
    files.set(name, [...(files.get(name) ?? []), prometheusGroup(group, places)]);
  }
  return [...files].map(([name, grouped]) => ({ name, groups: grouped }));
}

/** "slo-relaycore-latency-short" is of the file "slo-relaycore-latency". */
function fileOf(group: string): string {
  if (group.startsWith("slo-")) return group.replace(/-(short|long|budget|alerts)$/, "");
  if (group.startsWith("incident")) return "incidents";
  return group.startsWith("anomal") ? "anomalies" : group;
}
