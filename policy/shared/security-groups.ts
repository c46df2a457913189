import { isEverybody } from "./addresses";
import { unknownValue } from "./known";
import { listAt, textAt, textsAt, valueAt } from "./tree";

export const groupType = "aws:ec2/securityGroup:SecurityGroup";
/** The older kind, whose property `type` says its direction. */
export const olderRuleType = "aws:ec2/securityGroupRule:SecurityGroupRule";
export const newerRuleTypes = {
  ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
} as const;
/** Rules that are resources of their own. */
export const standaloneTypes: readonly string[] = [
  olderRuleType,
  newerRuleTypes.ingress,
  newerRuleTypes.egress,
];

export type Direction = keyof typeof newerRuleTypes;

export interface SecurityGroupRule {
  /** Ranges that the rule names, of both families. */
  readonly ranges: readonly string[];
  /** "-1" for every protocol. */
  readonly protocol: string;
  /** Of ICMP its type; undefined for every port. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly description: string | undefined;
  /** True where a preview leaves a port or the protocol open: nobody can judge its ports yet. */
  readonly open: boolean;
}

export interface PlacedRule {
  /** How a message begins: "" for a rule that is a resource, else where it stands in its group. */
  readonly path: string;
  readonly rule: SecurityGroupRule;
}

/** The rules of one direction that a resource holds; `read` copies one of its properties. */
export function rulesOf(
  direction: Direction,
  type: string,
  read: (key: string) => unknown,
): PlacedRule[] {
  if (type === groupType)
    return listAt({ rules: read(direction) }, "rules").map((rule, index) => ({
      path: `${direction}[${index}]: `,
      rule: readRule((key) => valueAt(rule, key)),
    }));
  const judged =
    type === newerRuleTypes[direction] || (type === olderRuleType && read("type") === direction);
  return judged ? [{ path: "", rule: readRule(read) }] : [];
}

export function reachesEverybody({ ranges }: SecurityGroupRule): boolean {
  return ranges.some(isEverybody);
}

/** Every protocol, or as good as every port of one. */
export function coversEveryPort({ protocol, from, to }: SecurityGroupRule): boolean {
  if (protocol === "-1") return true;
  if (isIcmp(protocol)) return false;
  return from === undefined || to === undefined || (from <= 1 && to >= 65_535);
}

export function isIcmp(protocol: string): boolean {
  return ["icmp", "icmpv6", "1", "58"].includes(protocol);
}

function readRule(read: (key: string) => unknown): SecurityGroupRule {
  const keys = ["cidrIpv4", "cidrIpv6", "cidrBlocks", "ipv6CidrBlocks", "description"];
  const tree = Object.fromEntries(keys.map((key) => [key, read(key)]));
  const protocol = read("ipProtocol") ?? read("protocol");
  const [from, to] = [read("fromPort"), read("toPort")];
  const ranges = [textAt(tree, "cidrIpv4"), textAt(tree, "cidrIpv6")].filter(
    (text) => text !== undefined,
  );
  return {
    ranges: [...ranges, ...textsAt(tree, "cidrBlocks"), ...textsAt(tree, "ipv6CidrBlocks")],
    protocol: typeof protocol === "string" ? protocol.toLowerCase() : protocolNumber(protocol),
    from: typeof from === "number" ? from : undefined,
    to: typeof to === "number" ? to : undefined,
    description: textAt(tree, "description"),
    open: [protocol, from, to].includes(unknownValue),
  };
}

/** Some write the number of a protocol as one; what is not given is every protocol. */
function protocolNumber(protocol: unknown): string {
  if (protocol === undefined) return "-1";
  return typeof protocol === "number" ? String(protocol) : "";
}
