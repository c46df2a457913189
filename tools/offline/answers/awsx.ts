import type { Outputs } from ".";

interface SubnetSpec {
  readonly name?: string;
  readonly type: string;
}

/** In each zone the component creates, and lists, its subnets in this order of types, and as written among equals. */
const typeOrder = ["Public", "Private", "Isolated"];

/**
 * What `awsx.ec2.Vpc` computes from explicit zones and subnet specs. Its children are the real component's affair;
 * where its outputs refer to them, an object with the few outputs that anybody reads stands for the resource.
 */
const vpcOutputs: Outputs = (name, inputs) => {
  const zones = listOf<string>(inputs["availabilityZoneNames"]);
  const specs = listOf<SubnetSpec>(inputs["subnetSpecs"]);
  const subnets = zones.flatMap((zone) =>
    typeOrder
      .flatMap((type) => specs.filter((spec) => spec.type === type))
      .map(({ type, name: specName = type.toLowerCase() }) => ({
        type,
        key: `${name}-${specName}-${zone}`,
      })),
  );
  const subnetsOf = (type: string) =>
    subnets.filter((subnet) => subnet.type === type).map(({ key }) => ({ id: `subnet-${key}` }));
  const idsOf = (type: string) => subnetsOf(type).map(({ id }) => id);
  return {
    vpcId: `vpc-${name}`,
    vpc: {
      id: `vpc-${name}`,
      cidrBlock: inputs["cidrBlock"],
      defaultNetworkAclId: `acl-${name}-default`,
      defaultRouteTableId: `rtb-${name}-default`,
    },
    internetGateway: { id: `igw-${name}` },
    natGateways: natGatewaysOf(name, zones, inputs["natGateways"]),
    publicSubnets: subnetsOf("Public"),
    publicSubnetIds: idsOf("Public"),
    privateSubnets: subnetsOf("Private"),
    privateSubnetIds: idsOf("Private"),
    isolatedSubnets: subnetsOf("Isolated"),
    isolatedSubnetIds: idsOf("Isolated"),
    routeTables: subnets.map(({ key }) => ({ id: `rtb-${key}` })),
  };
};

function natGatewaysOf(name: string, zones: readonly string[], given: unknown) {
  const { strategy } = (given ?? {}) as { readonly strategy?: string };
  if (strategy === "None") return [];
  const among = strategy === "Single" ? zones.slice(0, 1) : zones;
  return among.map((_, index) => ({ id: `nat-${name}-${index + 1}` }));
}

function listOf<T>(value: unknown): T[] {
  return Array.isArray(value) ? (value as T[]) : [];
}

/** By type token, what the resources of this package compute. */
export const awsxOutputs: Record<string, Outputs | undefined> = {
  "awsx:ec2:Vpc": vpcOutputs,
};
