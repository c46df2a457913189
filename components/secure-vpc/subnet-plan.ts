import { blockAfter, capacity, firstBlock, parseIpv4Cidr, split } from "../shared/cidr";

/** private: nodes and pods; public: load balancers and NAT; data: stores; cluster: the control plane's interfaces. */
export type SubnetTier = "private" | "public" | "data" | "cluster";

export interface PlannedSubnet {
  readonly zone: string;
  readonly tier: SubnetTier;
  readonly cidrBlock: string;
}

interface SubnetPlanArgs {
  readonly cidrBlock: string;
  readonly availabilityZones: readonly string[];
}

interface SubnetShape {
  readonly tier: SubnetTier;
  readonly type: "Private" | "Public" | "Isolated";
  readonly prefixLength: number;
}

/**
 * Every zone owns a block of this fixed size, however many zones there are: so a zone more moves nothing.
 * A /16 has room for four.
 */
export const zonePrefixLength = 18;

/**
 * The subnets of one zone, in the order of their addresses.
 * The largest comes first, since each pod takes an address of it; what lies behind the last one is free.
 * EKS requires 6 free addresses in a cluster subnet: a /28 has 11.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
export const subnetLayout: readonly SubnetShape[] = [
  { tier: "private", type: "Private", prefixLength: 20 },
  { tier: "public", type: "Public", prefixLength: 24 },
  { tier: "data", type: "Isolated", prefixLength: 24 },
  { tier: "cluster", type: "Isolated", prefixLength: 28 },
];

/** Which subnet gets which range, zone by zone: what `awsx.ec2.Vpc` computes from the same layout. */
export function planSubnets({ cidrBlock, availabilityZones }: SubnetPlanArgs): PlannedSubnet[] {
  const { cidr, problem } = parseIpv4Cidr(cidrBlock);
  if (problem !== undefined) throw new RangeError(`cidrBlock: ${problem}`);
  const zoneBlocks = split(cidr, zonePrefixLength);
  return availabilityZones.flatMap((zone, index) => {
    const zoneBlock = zoneBlocks[index];
    if (zoneBlock === undefined) {
      throw new RangeError(`${cidrBlock} has no room for ${zone}, zone ${index + 1}`);
    }
    let previous: typeof zoneBlock | undefined;
    return subnetLayout.map(({ tier, prefixLength }) => {
      previous =
        previous === undefined
          ? firstBlock(zoneBlock, prefixLength)
          : blockAfter(previous, prefixLength);
      return { zone, tier, cidrBlock: previous.text };
    });
  });
}

/** How many zones a range has room for; 0 for what is no range. */
export function zoneCapacity(cidrBlock: string): number {
  const { cidr } = parseIpv4Cidr(cidrBlock);
  return cidr === undefined ? 0 : capacity(cidr, zonePrefixLength);
}

/** In each zone awsx lists public subnets first, then private, then isolated ones, each as written. */
const listOrder = (["Public", "Private", "Isolated"] as const).flatMap((type) =>
  subnetLayout.filter((shape) => shape.type === type),
);

/** Where a subnet stands in awsx's list of ids for its type: `publicSubnetIds`, `privateSubnetIds`, `isolatedSubnetIds`. */
export function subnetListIndex(tier: SubnetTier, zoneIndex: number): number {
  const type = subnetLayout.find((shape) => shape.tier === tier)?.type;
  const sameType = subnetLayout.filter((shape) => shape.type === type);
  return zoneIndex * sameType.length + sameType.findIndex((shape) => shape.tier === tier);
}

/** Where a subnet's route table stands in awsx's list of all of them. */
export function routeTableListIndex(tier: SubnetTier, zoneIndex: number): number {
  return zoneIndex * listOrder.length + listOrder.findIndex((shape) => shape.tier === tier);
}
