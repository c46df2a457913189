import type { Environment } from "./environment";
import type { WellFormed } from "./environment-rules";

type Candidate = WellFormed<Environment>;

/** Longer, and a record that moved is followed by nobody within the time that a failover may take. */
const longestTtlSeconds = 300;

/** What is wrong between the two regions, as far as one stack file shows it. */
export function recoveryProblems(candidate: Candidate): string[] {
  return [...modeProblems(candidate), ...globalProblems(candidate), ...dnsProblems(candidate)];
}

function modeProblems({ stage, recovery }: Candidate): string[] {
  if (recovery?.mode !== "pilot-light" || stage === undefined || stage === "recovery") return [];
  return [
    `auterity:recovery.mode: got "pilot-light", need full in ${stage}; it would serve nobody`,
  ];
}

/** A global database has one member in each of two environments; which, the stage says. */
function globalProblems({ stage, name, data, secrets }: Candidate): string[] {
  const role = data?.database?.global;
  if (role === undefined || stage === undefined) return [];
  const path = "auterity:data.database.global";
  const problems: string[] = [];
  if (stage === "production" && role !== "primary")
    problems.push(
      `${path}: got "${role}", need primary in production; a day's data would be lost with the region`,
    );
  if (stage === "recovery" && role !== "secondary")
    problems.push(`${path}: got "${role}", need secondary in recovery; its data is elsewhere`);
  if (stage === "development" && role === "secondary")
    problems.push(`${path}: got "secondary", need none or primary in development`);
  if (role === "secondary" && secrets?.environment === name)
    problems.push(
      `auterity:secrets.environment: got "${String(name)}" with ${path} secondary, need the environment whose database it follows`,
    );
  if (role !== "none" && data?.database?.availability === "single-instance")
    problems.push(
      `${path}: got "${role}" with availability single-instance, need multi-zone: a zone is lost more often than a region`,
    );
  return problems;
}

function dnsProblems({ stage, recovery, data }: Candidate): string[] {
  const { record, ttlSeconds, admitsTraffic } = recovery?.dns ?? {};
  const path = "auterity:recovery.dns";
  const problems: string[] = [];
  if (record === "secondary" && stage !== undefined && stage !== "recovery")
    problems.push(`${path}.record: got "secondary", need none or primary in ${stage}`);
  if (record === "primary" && stage === "recovery")
    problems.push(`${path}.record: got "primary", need none or secondary in recovery`);
  if (ttlSeconds !== undefined && record !== "none" && ttlSeconds > longestTtlSeconds)
    problems.push(
      `${path}.ttlSeconds: got ${ttlSeconds}, need ${longestTtlSeconds} at most; people would be sent to what is gone for so long`,
    );
  if (record === "secondary" && admitsTraffic === true && recovery?.mode === "pilot-light")
    problems.push(
      `${path}.admitsTraffic: got true with mode pilot-light, need false; it serves nobody`,
    );
  if (record === "secondary" && data?.buckets?.source === "own")
    problems.push(
      'auterity:data.buckets.source: got "own" in a standby, need replica; it would begin with empty buckets',
    );
  return problems;
}

/** What is wrong between an environment and the one that stands in for it. */
export function pairProblems(environments: readonly Environment[]): string[] {
  return environments
    .filter(({ data }) => data.database.global === "secondary")
    .flatMap((standby) => {
      const home = environments.find(({ name }) => name === standby.secrets.environment);
      return home === undefined ? [] : pairOf(home, standby);
    });
}

function pairOf(home: Environment, standby: Environment): string[] {
  const differences: [path: string, own: string, others: string, need: string][] = [];
  if (home.data.database.global !== "primary")
    differences.push([
      ...(["data.database.global", home.data.database.global, "secondary"] as const),
      "primary and secondary",
    ]);
  if (home.recovery.region !== standby.region)
    differences.push([
      ...(["recovery.region", home.recovery.region, standby.region] as const),
      "the region of the standby",
    ]);
  if (standby.recovery.region !== home.region)
    differences.push([
      ...(["recovery.region", home.region, standby.recovery.region] as const),
      "the region it stands in for",
    ]);
  for (const [path, need] of [
    ["domain", "one and the same"],
    ["hostedZoneId", "one and the same: the records stand in one zone"],
  ] as const)
    if (home.ingress[path] !== standby.ingress[path])
      differences.push([`ingress.${path}`, home.ingress[path], standby.ingress[path], need]);
  const [own, others] = [home, standby].map(({ data }) => data.database.instanceClass);
  if (own !== others)
    differences.push([
      ...(["data.database.instanceClass", own ?? "", others ?? ""] as const),
      "one: the load moves over whole",
    ]);
  if (home.data.buckets.replicate === "none" && standby.data.buckets.source === "replica")
    differences.push([
      ...(["data.buckets.replicate", "none", "replica"] as const),
      "one-way or two-way at home",
    ]);
  return differences.map(
    ([path, mine, theirs, need]) =>
      `auterity:${path}: ${mine} of ${home.name} and ${theirs} of ${standby.name}, need ${need}`,
  );
}
