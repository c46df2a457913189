import { architectureProblems } from "./architecture";
import { ArgsError } from "./args-error";
import { conversationProblems } from "./record-conversations";
import { identityProblems } from "./record-identity";
import { objectiveProblems } from "./record-objectives";
import { rolloutProblems } from "./record-rollout";
import { scalingProblems } from "./record-scaling";
import { settingProblems } from "./record-settings";
import { repeated, workloadProblems } from "./record-workload";
import type { ServiceRecord } from "./service-record";

/** What is wrong with one record, as far as it can be told without the others; paths start at the record. */
export function recordProblems(record: ServiceRecord): readonly string[] {
  return [
    ...identityProblems(record),
    ...architectureProblems(record),
    ...workloadProblems(record),
    ...scalingProblems(record),
    ...rolloutProblems(record),
    ...conversationProblems(record),
    ...objectiveProblems(record),
    ...settingProblems(record),
  ];
}

/** Everything that is wrong with a catalogue; paths start with the record's name. */
export function checkCatalogue(records: readonly ServiceRecord[]): readonly string[] {
  if (records.length === 0) return ["records: got none, need at least one"];
  return [
    ...repeated(records.map((record) => record.name)).map(
      (name) => `${name}.name: got it twice, need each name once`,
    ),
    ...records.flatMap((record) => [
      ...recordProblems(record).map((problem) => `${record.name}.${problem}`),
      ...partnerProblems(record, records).map((problem) => `${record.name}.${problem}`),
    ]),
    ...sharedPorts(records),
    ...sharedSubdomains(records),
  ];
}

/** Throws one error with everything that is wrong with a catalogue. */
export function assertCatalogue(records: readonly ServiceRecord[], name = "services"): void {
  const problems = checkCatalogue(records);
  if (problems.length > 0) throw new ArgsError("ServiceCatalogue", name, problems);
}

function partnerProblems(record: ServiceRecord, records: readonly ServiceRecord[]): string[] {
  return record.talksTo.services.flatMap((name) => {
    const partner = records.find((other) => other.name === name);
    if (partner === undefined) {
      const names = records.map((other) => other.name).filter((other) => other !== record.name);
      return [`talksTo.services: got "${name}", need one of ${names.join(", ")}`];
    }
    if (partner.port !== undefined || partner === record) return [];
    return [`talksTo.services: got "${name}", which has no port, need a service with a port`];
  });
}

/** Services of one product have ports of their own, so that a port in a rule or a log says who is meant. */
function sharedPorts(records: readonly ServiceRecord[]): string[] {
  return clashes(records, (record) =>
    record.port === undefined ? undefined : `${record.product} ${record.port}`,
  ).map(
    ([first, second]) =>
      `${second.name}.port: got ${second.port ?? ""}, which is ${first.name}'s, need another within ${second.product}`,
  );
}

/** All products share one domain, so a subdomain names one service of the whole catalogue. */
function sharedSubdomains(records: readonly ServiceRecord[]): string[] {
  return clashes(records, (record) => record.exposure?.subdomain).map(
    ([first, second]) =>
      `${second.name}.exposure.subdomain: got "${second.exposure?.subdomain ?? ""}", which is ${first.name}'s, need another`,
  );
}

/** Pairs of the first record with a key and each later one with the same key. */
function clashes(
  records: readonly ServiceRecord[],
  keyOf: (record: ServiceRecord) => string | undefined,
): (readonly [ServiceRecord, ServiceRecord])[] {
  const firsts = new Map<string, ServiceRecord>();
  return records.flatMap((record) => {
    const key = keyOf(record);
    if (key === undefined) return [];
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, record);
    return first === undefined || first.name === record.name ? [] : [[first, record] as const];
  });
}
