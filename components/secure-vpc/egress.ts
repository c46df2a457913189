import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Network } from "./network";
import { namedTags, type Scope } from "./scope";

/**
 * One NAT gateway for the region, which AWS extends to the zones in use, and each private route table's way to it.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
 */
export function createRegionalEgress(
  scope: Scope,
  { vpc, privateRouteTableIds }: Network,
): aws.ec2.NatGateway {
  const { name, spec, parent } = scope;
  const gatewayName = `${name}-nat`;
  const gateway = new aws.ec2.NatGateway(
    gatewayName,
    {
      region: spec.region,
      // It needs the internet gateway, which is to be attached before it and detached after it.
      vpcId: pulumi.all([vpc.vpcId, vpc.internetGateway]).apply(([vpcId]) => vpcId),
      availabilityMode: "regional",
      connectivityType: "public",
      tags: namedTags(scope, gatewayName),
    },
    { parent },
  );
  spec.availabilityZones.forEach((zone, index) => {
    const routeTableId = privateRouteTableIds[index];
    if (routeTableId === undefined) return;
    new aws.ec2.Route(
      `${name}-egress-${zone}`,
      {
        region: spec.region,
        routeTableId,
        destinationCidrBlock: "0.0.0.0/0",
        natGatewayId: gateway.id,
      },
      { parent },
    );
  });
  return gateway;
}
