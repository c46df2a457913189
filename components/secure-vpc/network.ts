import type * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import type * as pulumi from "@pulumi/pulumi";
import { type NatGateways, type ResolvedSecureVpcArgs } from "./args";
import { settleNetworkChildren } from "./network-children";
import { namedTags, type Scope } from "./scope";
import {
  routeTableListIndex,
  subnetLayout,
  subnetListIndex,
  type SubnetTier,
  zonePrefixLength,
} from "./subnet-plan";

/** The network's parts as the other resources refer to them; lists are in the order of the zones. */
export interface Network {
  readonly vpc: awsx.ec2.Vpc;
  readonly publicSubnetIds: pulumi.Output<string>[];
  readonly privateSubnetIds: pulumi.Output<string>[];
  readonly dataSubnetIds: pulumi.Output<string>[];
  readonly clusterSubnetIds: pulumi.Output<string>[];
  /** Without the regional one, which is made apart. */
  readonly natGatewayIds: pulumi.Output<string>[];
  readonly privateRouteTableIds: pulumi.Output<string>[];
}

const awsxNatStrategies = {
  "per-zone": "OnePerAz",
  single: "Single",
  // awsx knows no regional gateway: that one and its routes are created apart.
  regional: "None",
  none: "None",
} as const satisfies Record<NatGateways, awsx.types.enums.ec2.NatGatewayStrategy>;

export function createNetwork(scope: Scope): Network {
  const { name, spec, parent } = scope;
  const vpc = new awsx.ec2.Vpc(
    name,
    {
      region: spec.region,
      cidrBlock: spec.cidrBlock,
      availabilityZoneNames: [...spec.availabilityZones],
      availabilityZoneCidrMask: zonePrefixLength,
      subnetStrategy: "Auto",
      subnetNameTagStrategy: "AvailabilityZone",
      subnetSpecs: subnetLayout.map(({ tier, type, prefixLength }) => ({
        name: tier,
        type,
        cidrMask: prefixLength,
        tags: kubernetesTags(tier, spec),
      })),
      natGateways: { strategy: awsxNatStrategies[spec.natGateways] },
      // Private DNS of endpoints and the cluster's private API endpoint need both.
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: namedTags(scope, name),
    },
    { parent, transforms: [settleNetworkChildren(spec.protect)] },
  );
  // The lists of resources, not those of ids: when a zone is added, every element of an id list is unknown in the
  // preview, and whatever stands in an existing subnet would seem to be replaced.
  const ids = (subnets: pulumi.Output<aws.ec2.Subnet[]>, tier: SubnetTier) =>
    spec.availabilityZones.map((_, zone) => present(subnets[subnetListIndex(tier, zone)]).id);
  return {
    vpc,
    publicSubnetIds: ids(vpc.publicSubnets, "public"),
    privateSubnetIds: ids(vpc.privateSubnets, "private"),
    dataSubnetIds: ids(vpc.isolatedSubnets, "data"),
    clusterSubnetIds: ids(vpc.isolatedSubnets, "cluster"),
    natGatewayIds: Array.from(
      { length: natGatewayCount(spec) },
      (_, index) => present(vpc.natGateways[index]).id,
    ),
    privateRouteTableIds: spec.availabilityZones.map(
      (_, zone) => present(vpc.routeTables[routeTableListIndex("private", zone)]).id,
    ),
  };
}

/** Those that the network's own component makes. */
function natGatewayCount({ natGateways, availabilityZones }: ResolvedSecureVpcArgs): number {
  switch (natGateways) {
    case "per-zone":
      return availabilityZones.length;
    case "single":
      return 1;
    case "regional":
    case "none":
      return 0;
  }
}

/**
 * Tags by which the load balancer controller finds its subnets.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html
 */
function kubernetesTags(
  tier: SubnetTier,
  { clusterName }: ResolvedSecureVpcArgs,
): Record<string, string> {
  if (clusterName === undefined) return {};
  const owned = { [`kubernetes.io/cluster/${clusterName}`]: "shared" };
  switch (tier) {
    case "public":
      return { ...owned, "kubernetes.io/role/elb": "1" };
    case "private":
      return { ...owned, "kubernetes.io/role/internal-elb": "1" };
    case "data":
    case "cluster":
      return {};
  }
}

/** An element lifted out of an Output is never absent: only its type, that of a list's element, says so. */
function present<T>(lifted: T | undefined): T {
  if (lifted === undefined) throw new Error("an Output list without lifted elements");
  return lifted;
}
