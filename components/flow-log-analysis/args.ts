import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { overlap, parseIpv4Cidr } from "../shared/cidr";
import { flowProblems, type AllowedFlow } from "./allowed-flows";

/** A range of addresses that lies in one zone and serves one purpose: what `planSubnets` gives for a SecureVpc. */
export interface TieredSubnet {
  readonly cidrBlock: string;
  /** Such as "private"; any name but "internet", which is everything else. */
  readonly tier: string;
  readonly zone: string;
}

export interface FlowLogAnalysisArgs {
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  /** Value of the metrics' dimension `Environment`. */
  readonly environment: string;
  /** Bucket to which the flow logs of a SecureVpc go: Parquet, in partitions by hour with names as Hive has them. */
  readonly flowLogBucketName: Input<string>;
  /** Key that they are encrypted with. */
  readonly flowLogKeyArn: Input<string>;
  /** All subnets of the VPC: they tell the tier and the zone of an address. */
  readonly subnets: readonly TieredSubnet[];
  /** Conversations between tiers that are meant to be; `catalogueFlows` derives them. Within a tier, all are. */
  readonly allowedFlows: readonly AllowedFlow[];
  /** Told when there was traffic that none of them allows, or when nobody looked. */
  readonly alarmTopicArn: Input<string>;
  /** A query is cut off after reading so much, which is what Athena bills: 10 MiB or more. Default: 100 GiB. */
  readonly scanLimitBytes?: number;
  /** Days of earlier traffic that a new destination is compared with. Default: 14. */
  readonly lookbackDays?: number;
  /**
   * What a GiB from one zone to another costs, both directions of the charge together, in the currency of the bill: from
   * the price list of the region. Default: the query shows volumes without a cost.
   */
  readonly crossZonePricePerGib?: number;
  /** Schedule of the check, which looks at the day before in UTC. Default: "cron(30 2 * * ? *)". */
  readonly schedule?: string;
  /** Results of queries are kept so long. Default: 30. */
  readonly resultRetentionDays?: number;
  /** Of the check. Default: 90. */
  readonly logRetentionDays?: number;
  /** Policy that bounds the roles. Default: none. */
  readonly permissionsBoundaryArn?: Input<string>;
  /** The bucket of the results refuses to be deleted. Default: true. */
  readonly protect?: boolean;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

const gibibyte = 1024 ** 3;

const flowLogAnalysisDefaults = {
  scanLimitBytes: 100 * gibibyte,
  lookbackDays: 14,
  // Files come minutes after the hour that they are of: by then the last of the day are there.
  schedule: "cron(30 2 * * ? *)",
  resultRetentionDays: 30,
  logRetentionDays: 90,
  protect: true,
  tags: {},
} as const;

export type ResolvedFlowLogAnalysisArgs = FlowLogAnalysisArgs &
  Required<Pick<FlowLogAnalysisArgs, keyof typeof flowLogAnalysisDefaults>>;

export function resolveFlowLogAnalysisArgs(
  name: string,
  args: FlowLogAnalysisArgs,
): ResolvedFlowLogAnalysisArgs {
  const spec = { ...flowLogAnalysisDefaults, ...args };
  const problems = [
    ...placeProblems(name, spec),
    ...subnetProblems(spec.subnets),
    ...flowProblems(spec),
    ...numberProblems(spec),
  ];
  if (problems.length > 0) throw new ArgsError("FlowLogAnalysis", name, problems);
  return spec;
}

/** Behind it, the name of the function has at most 64 characters with "-flow-log-check". */
const longestName = 49;

function placeProblems(name: string, spec: ResolvedFlowLogAnalysisArgs): string[] {
  const { region, accountId, environment, schedule } = spec;
  const problems: string[] = [];
  if (!/^[a-z][a-z0-9-]*$/.test(name) || name.length > longestName)
    problems.push(
      `name: got "${name}", need at most ${longestName} lower-case letters, digits and hyphens, a letter first`,
    );
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
    problems.push(`region: got "${region}", need an AWS region`);
  if (!/^(\d{12}|unassigned)$/.test(accountId))
    problems.push(`accountId: got "${accountId}", need 12 digits, or unassigned`);
  if (environment === "") problems.push("environment: got none, need a name");
  if (!/^(cron|rate)\(.+\)$/.test(schedule))
    problems.push(`schedule: got "${schedule}", need cron(…) or rate(…)`);
  return problems;
}

/** Names stand in queries as they are. */
const plainName = /^[a-z][a-z0-9-]*$/;

function subnetProblems(subnets: readonly TieredSubnet[]): string[] {
  if (subnets.length === 0) return ["subnets: got none, need all of the VPC"];
  const problems: string[] = [];
  for (const { cidrBlock, tier, zone } of subnets) {
    const { problem } = parseIpv4Cidr(cidrBlock);
    if (problem !== undefined) problems.push(`subnets: ${problem}`);
    if (!plainName.test(tier) || tier === "internet")
      problems.push(`subnets.${cidrBlock}.tier: got "${tier}", need a name other than internet`);
    if (!plainName.test(zone))
      problems.push(`subnets.${cidrBlock}.zone: got "${zone}", need the name of a zone`);
  }
  return [...problems, ...overlapProblems(subnets)];
}

function overlapProblems(subnets: readonly TieredSubnet[]): string[] {
  const ranges = subnets.flatMap(({ cidrBlock }) => parseIpv4Cidr(cidrBlock).cidr ?? []);
  return ranges.flatMap((range, index) =>
    ranges
      .slice(index + 1)
      .filter((other) => overlap(range, other))
      .map((other) => `subnets: ${range.text} and ${other.text} overlap, need ranges apart`),
  );
}

/** @see https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroupConfiguration.html */
const smallestScanLimit = 10 * 1024 ** 2;
/** One clause of the query for each day. */
const longestLookback = 90;

function numberProblems(spec: ResolvedFlowLogAnalysisArgs): string[] {
  const { scanLimitBytes, lookbackDays, crossZonePricePerGib: price } = spec;
  const problems: string[] = [];
  if (!Number.isInteger(scanLimitBytes) || scanLimitBytes < smallestScanLimit)
    problems.push(`scanLimitBytes: got ${scanLimitBytes}, need ${smallestScanLimit} or more`);
  if (!Number.isInteger(lookbackDays) || lookbackDays < 1 || lookbackDays > longestLookback)
    problems.push(`lookbackDays: got ${lookbackDays}, need 1 to ${longestLookback}`);
  if (price !== undefined && !(price > 0 && Number.isFinite(price)))
    problems.push(`crossZonePricePerGib: got ${price}, need more than 0`);
  for (const days of ["resultRetentionDays", "logRetentionDays"] as const)
    if (!Number.isInteger(spec[days]) || spec[days] < 1)
      problems.push(`${days}: got ${spec[days]}, need a whole number of at least 1`);
  return problems;
}
