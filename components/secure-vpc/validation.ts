import { isPrivate, parseIpv4Cidr, privateRanges } from "../shared/cidr";
import { type NatGateways, type ResolvedSecureVpcArgs } from "./args";
import { interfaceEndpoints } from "./interface-endpoints";
import { flowLogRole } from "./scope";
import { zoneCapacity, zonePrefixLength } from "./subnet-plan";

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const bucketNameLimit = 63;
/** Auto-naming adds a hyphen and seven hexadecimal digits. */
const autoNameLength = 8;
/** The flow log bucket has the longest physical name of all children. */
const nameLimit = bucketNameLimit - autoNameLength - `-${flowLogRole}`.length;

/** The largest VPC. @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const shortestPrefix = 16;

const natStrategies: readonly NatGateways[] = ["per-zone", "single", "regional", "none"];

/** Of the aws partition: China, GovCloud and the isolated regions have ARNs of their own. */
const regionPattern = /^(?!cn-|us-gov-|[a-z]+-iso)[a-z]{2,}(-[a-z]+)+-\d$/;

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
const clusterNamePattern = /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/;

/** Everything that is wrong with the arguments, one line each; none if they can be built. */
export function findProblems(name: string, spec: ResolvedSecureVpcArgs): string[] {
  return [
    ...nameProblems(name),
    ...placeProblems(spec),
    ...rangeProblems(spec),
    ...zoneProblems(spec),
    ...endpointProblems(spec.interfaceEndpoints),
    ...choiceProblems(spec),
  ];
}

function nameProblems(name: string): string[] {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    return [
      `name: got ${quoted(name)}, need lower-case letters, digits and hyphens, starting with a letter`,
    ];
  }
  if (name.length <= nameLimit) return [];
  return [
    `name: got ${quoted(name)} (${name.length} characters), need at most ${nameLimit}; the flow log bucket's name is built from it`,
  ];
}

function placeProblems({ region, accountId }: ResolvedSecureVpcArgs): string[] {
  const problems: string[] = [];
  if (!regionPattern.test(region)) {
    problems.push(
      `region: got ${quoted(region)}, need a region of the aws partition such as us-west-2`,
    );
  }
  if (!/^\d{12}$/.test(accountId) && accountId !== "unassigned") {
    problems.push(`accountId: got ${quoted(accountId)}, need 12 digits or "unassigned"`);
  }
  return problems;
}

function rangeProblems({ cidrBlock }: ResolvedSecureVpcArgs): string[] {
  const { cidr, problem } = parseIpv4Cidr(cidrBlock);
  if (problem !== undefined) return [`cidrBlock: ${problem}`];
  const problems: string[] = [];
  if (!isPrivate(cidr)) {
    const ranges = privateRanges.map((range) => range.text).join(", ");
    problems.push(`cidrBlock: got ${cidr.text}, need a range inside one of ${ranges}`);
  }
  if (cidr.prefixLength < shortestPrefix || zoneCapacity(cidrBlock) < 2) {
    problems.push(
      `cidrBlock: got ${cidr.text}, need a /16 (room for 4 zones) or a /17 (for 2); each zone takes a /${zonePrefixLength}`,
    );
  }
  return problems;
}

function zoneProblems({ availabilityZones, cidrBlock, region }: ResolvedSecureVpcArgs): string[] {
  const problems: string[] = [];
  const count = availabilityZones.length;
  if (count < 2) problems.push(`availabilityZones: got ${count} zone(s), need at least 2`);
  for (const zone of repeated(availabilityZones)) {
    problems.push(`availabilityZones: got ${quoted(zone)} more than once, need each zone once`);
  }
  for (const zone of availabilityZones) {
    const letter = zone.startsWith(region) ? zone.slice(region.length) : "";
    if (/^[a-z]$/.test(letter)) continue;
    problems.push(
      `availabilityZones: got ${quoted(zone)}, need full names of zones of ${region}, such as ${region}a`,
    );
  }
  const room = zoneCapacity(cidrBlock);
  // A range with room for fewer than two is a problem of the range, reported there.
  if (room >= 2 && count > room) {
    problems.push(
      `availabilityZones: got ${count} zones, need at most ${room}; ${cidrBlock} has room for ${room} blocks of /${zonePrefixLength}`,
    );
  }
  return problems;
}

function endpointProblems(services: readonly string[]): string[] {
  const known = new Set<string>(interfaceEndpoints);
  return [
    ...services
      .filter((service) => !known.has(service))
      .map(
        (service) =>
          `interfaceEndpoints: got ${quoted(service)}, need some of ${interfaceEndpoints.join(", ")}`,
      ),
    ...repeated(services).map(
      (service) =>
        `interfaceEndpoints: got ${quoted(service)} more than once, need each service once`,
    ),
  ];
}

function choiceProblems(spec: ResolvedSecureVpcArgs): string[] {
  const problems: string[] = [];
  if (!natStrategies.includes(spec.natGateways)) {
    problems.push(
      `natGateways: got ${quoted(spec.natGateways)}, need one of ${natStrategies.join(", ")}`,
    );
  }
  if (!Number.isInteger(spec.flowLogRetentionDays) || spec.flowLogRetentionDays < 1) {
    problems.push(
      `flowLogRetentionDays: got ${spec.flowLogRetentionDays}, need a whole number of days, 1 or more`,
    );
  }
  if (spec.clusterName !== undefined && !clusterNamePattern.test(spec.clusterName)) {
    problems.push(
      `clusterName: got ${quoted(spec.clusterName)}, need up to 100 letters, digits, hyphens and underscores, starting with a letter or digit`,
    );
  }
  return problems;
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

function quoted(value: string): string {
  return JSON.stringify(value);
}
