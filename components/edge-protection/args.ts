import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { isHostName } from "../shared/kubernetes-names";
import { repeated } from "../shared/record-workload";
import { edgeRuleNames, type EdgeRule } from "./rules";

/** Where requests may have a body that the firewall inspects only in part. */
export interface LargeBodyPath {
  /** One of `hosts`. */
  readonly host: string;
  /** The path, or what it starts with, such as "/api/v1/datasets". */
  readonly pathPrefix: string;
}

export interface EdgeProtectionArgs {
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  /** Value of the metrics' dimension `Environment`. */
  readonly environment: string;
  /** The certificate is for this domain and for every name directly below it. */
  readonly domain: string;
  /** Public hosts, each below the domain: the probe attacks every one of them. At least one. */
  readonly hosts: readonly string[];
  /** Zone of the domain in Route 53: the certificate proves itself there. Default: a person adds `validationRecords`. */
  readonly hostedZoneId?: Input<string>;
  /**
   * Rules that only count what they would refuse, each until the end of a day such as "2027-03-31": after it, the rule is to
   * block, or to be given another date. At most 180 days ahead. Default: {}, all block.
   */
  readonly countUntil?: Readonly<Partial<Record<EdgeRule, string>>>;
  /** Requests that an address may send within five minutes, 10 or more. Default: 1000. */
  readonly requestsPerFiveMinutes?: number;
  /** Default: [], a body above 8 KiB is refused everywhere. */
  readonly largeBodyPaths?: readonly LargeBodyPath[];
  /** Of the firewall's and the load balancer's logs. Default: 365. */
  readonly logRetentionDays?: number;
  /** Told when a probe was not refused, and when it is refused again. */
  readonly alarmTopicArn: Input<string>;
  /** Policy that bounds the roles of the probe. Default: none. */
  readonly permissionsBoundaryArn?: Input<string>;
  /** Buckets and key refuse to be deleted. Default: true. */
  readonly protect?: boolean;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
  /** The day that `countUntil` is compared with, in UTC. Default: the day of the run. */
  readonly today?: string;
}

export const edgeProtectionDefaults = {
  countUntil: {},
  requestsPerFiveMinutes: 1000,
  largeBodyPaths: [],
  logRetentionDays: 365,
  protect: true,
  tags: {},
} as const;

export type ResolvedEdgeProtectionArgs = EdgeProtectionArgs &
  Required<Pick<EdgeProtectionArgs, keyof typeof edgeProtectionDefaults>>;

export function resolveEdgeProtectionArgs(
  name: string,
  args: EdgeProtectionArgs,
): ResolvedEdgeProtectionArgs {
  const spec = { ...edgeProtectionDefaults, ...args };
  const problems = [
    ...nameProblems(name, spec),
    ...hostProblems(spec),
    ...countProblems(spec),
    ...numberProblems(spec),
    ...largeBodyProblems(spec),
  ];
  if (problems.length > 0) throw new ArgsError("EdgeProtection", name, problems);
  return spec;
}

/** A bucket's prefix has at most 37 characters, of which "aws-waf-logs-" and a hyphen are given. */
const longestName = 23;

function nameProblems(name: string, spec: ResolvedEdgeProtectionArgs): string[] {
  const problems: string[] = [];
  if (name.length > longestName || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
    problems.push(
      `name: got "${name}", need at most ${longestName} lower-case letters, digits and single hyphens`,
    );
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(spec.region))
    problems.push(`region: got "${spec.region}", need an AWS region`);
  if (!/^(\d{12}|unassigned)$/.test(spec.accountId))
    problems.push(`accountId: got "${spec.accountId}", need 12 digits, or unassigned`);
  if (spec.environment === "") problems.push('environment: got "", need a name');
  return problems;
}

function hostProblems({ domain, hosts }: ResolvedEdgeProtectionArgs): string[] {
  const problems: string[] = [];
  if (!isHostName(domain))
    problems.push(`domain: got "${domain}", need a DNS name such as "platform.example.com"`);
  if (hosts.length === 0) problems.push("hosts: got none, need at least one");
  for (const host of hosts) {
    // A wildcard stands for one label alone.
    const label = host.endsWith(`.${domain}`) ? host.slice(0, -domain.length - 1) : ".";
    if (host !== domain && (!isHostName(host) || label.includes(".")))
      problems.push(`hosts: got "${host}", need ${domain} or a name directly below it`);
  }
  for (const twice of repeated(hosts)) problems.push(`hosts: got "${twice}" twice, need each once`);
  return problems;
}

const dayMilliseconds = 24 * 60 * 60 * 1000;
/** Long enough for the traffic of two quarters, short enough that somebody who decided it still remembers. */
const longestCountDays = 180;

function countProblems({ countUntil, today = currentDay() }: ResolvedEdgeProtectionArgs): string[] {
  if (!isDay(today)) return [`today: got "${today}", need a day such as "2027-03-31"`];
  const last = new Date(Date.parse(today) + longestCountDays * dayMilliseconds)
    .toISOString()
    .slice(0, 10);
  return Object.entries(countUntil).flatMap(([rule, until]) => {
    const path = `countUntil.${rule}`;
    if (!edgeRuleNames.includes(rule))
      return [`${path}: no such rule, need one of ${edgeRuleNames.join(", ")}`];
    if (!isDay(until)) return [`${path}: got "${until}", need a day such as "2027-03-31"`];
    if (until < today)
      return [
        `${path}: ended on ${until}; take it out so that the rule blocks, or give another day with a reason`,
      ];
    if (until > last)
      return [
        `${path}: got "${until}", need ${last} at the latest, ${longestCountDays} days ahead`,
      ];
    return [];
  });
}

function currentDay(): string {
  return new Date().toISOString().slice(0, 10);
}

/** One that exists: 2027-02-30 parses, as the second of March. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && day.getTime() >= 0 && day.toISOString().startsWith(text)
  );
}

/** @see https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html */
const leastRate = 10;
/** So that the probe, which sends half as many more, stays a probe. */
const greatestRate = 3000;

function numberProblems(spec: ResolvedEdgeProtectionArgs): string[] {
  const { requestsPerFiveMinutes: rate, logRetentionDays: days } = spec;
  const problems: string[] = [];
  if (!Number.isInteger(rate) || rate < leastRate || rate > greatestRate)
    problems.push(`requestsPerFiveMinutes: got ${rate}, need ${leastRate} to ${greatestRate}`);
  if (!Number.isInteger(days) || days < 1)
    problems.push(`logRetentionDays: got ${days}, need a whole number of at least 1`);
  return problems;
}

function largeBodyProblems({ hosts, largeBodyPaths }: ResolvedEdgeProtectionArgs): string[] {
  const problems: string[] = [];
  for (const { host, pathPrefix } of largeBodyPaths) {
    if (!hosts.includes(host))
      problems.push(`largeBodyPaths: got the host "${host}", need one of hosts`);
    // "/" would lift the limit for the whole host.
    if (!/^(\/[\w.~-]+)+\/?$/.test(pathPrefix) || /\/\.{1,2}(\/|$)/.test(pathPrefix))
      problems.push(`largeBodyPaths: got "${pathPrefix}", need a path such as "/api/v1/datasets"`);
  }
  const places = largeBodyPaths.map(({ host, pathPrefix }) => `${host}${pathPrefix}`);
  for (const twice of repeated(places))
    problems.push(`largeBodyPaths: got "${twice}" twice, need each once`);
  return problems;
}
