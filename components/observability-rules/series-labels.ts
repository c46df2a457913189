import type { ServiceRecord } from "../shared/service-record";
import { exporters } from "./exporters";
import { expressionLabels, type LabelsOf } from "./expression-labels";
import { bucketLabel, exporterLabels, targetLabels } from "./metric-labels";
import { isAlert, type RuleGroup } from "./rule";

const histogramSuffixes = ["_bucket", "_count", "_sum"] as const;

/** Of exporters, of what services expose, and of what rules record. */
export function seriesLabels(
  records: readonly ServiceRecord[],
  groups: readonly RuleGroup[],
): LabelsOf {
  const common = new Map<string, Set<string>>();
  for (const { metrics } of Object.values(exporters))
    for (const name of metrics) addScraped(common, name, exporterLabels.get(name) ?? []);
  const byService = new Map(
    records.map(({ name: service, exposes = [] }) => {
      const own = new Map<string, Set<string>>();
      for (const { name, labels } of exposes) addScraped(own, name, labels);
      return [service, own] as const;
    }),
  );
  const exposed = new Map<string, Set<string>>();
  for (const own of byService.values())
    for (const [name, labels] of own) add(exposed, name, labels);

  const labelsOf: LabelsOf = (series, container) => {
    const own = container === undefined ? undefined : byService.get(container);
    return common.get(series) ?? (own ?? exposed).get(series);
  };
  const recorded = groups.flatMap(({ rules }) =>
    rules.flatMap((rule) => (isAlert(rule) ? [] : [rule])),
  );
  for (const { record, labels = {} } of recorded) add(common, record, Object.keys(labels));
  // Records rest on records: as often as one may stand upon another.
  for (let depth = 0; depth < 5; depth += 1)
    for (const { record, expression } of recorded)
      add(common, record, expressionLabels(expression, labelsOf).result);
  return labelsOf;
}

type Labels = Map<string, Set<string>>;

function add(all: Labels, name: string, labels: Iterable<string>): void {
  all.set(name, new Set([...(all.get(name) ?? []), ...labels]));
}

/** A label that the scrape sets too is kept as exported_NAME; of a histogram there are three series. */
function addScraped(all: Labels, name: string, labels: readonly string[]): void {
  const scraped = [...targetLabels, ...labels, ...labels.map((label) => `exported_${label}`)];
  add(all, name, scraped);
  for (const suffix of histogramSuffixes)
    add(all, name + suffix, suffix === "_bucket" ? [...scraped, bucketLabel] : scraped);
}
