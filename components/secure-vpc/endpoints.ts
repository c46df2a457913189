import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import {
  type GatewayEndpoint,
  gatewayEndpointPolicy,
  interfaceEndpointPolicy,
} from "./endpoint-policies";
import { type Network } from "./network";
import { namedTags, type Scope } from "./scope";

const gatewayEndpoints: readonly GatewayEndpoint[] = ["s3", "dynamodb"];

/**
 * S3 and DynamoDB without NAT, and without its charges, for the private subnets. An association for each zone:
 * a zone more leaves the endpoint as it is. The data tier's network ACL would not let this traffic pass, and
 * public subnets hold nothing that needs it.
 */
export function createGatewayEndpoints(scope: Scope, network: Network): void {
  const { name, spec, parent } = scope;
  for (const service of gatewayEndpoints) {
    const endpointName = `${name}-endpoint-${service}`;
    const endpoint = new aws.ec2.VpcEndpoint(
      endpointName,
      {
        region: spec.region,
        vpcId: network.vpc.vpcId,
        vpcEndpointType: "Gateway",
        serviceName: `com.amazonaws.${spec.region}.${service}`,
        policy: gatewayEndpointPolicy(service, spec),
        tags: namedTags(scope, endpointName),
      },
      { parent },
    );
    spec.availabilityZones.forEach((zone, index) => {
      const routeTableId = network.privateRouteTableIds[index];
      if (routeTableId === undefined) return;
      new aws.ec2.VpcEndpointRouteTableAssociation(
        `${endpointName}-${zone}`,
        { region: spec.region, vpcEndpointId: endpoint.id, routeTableId },
        { parent },
      );
    });
  }
}

/**
 * The services asked for, on private addresses in every zone, under their usual names.
 * Returns the one security group of all of them; undefined when there are none.
 * A zone more extends each endpoint in place: its names must not resolve before it has an address.
 */
export function createInterfaceEndpoints(
  scope: Scope,
  network: Network,
): pulumi.Output<string> | undefined {
  const { name, spec, parent } = scope;
  if (spec.interfaceEndpoints.length === 0) return undefined;
  const securityGroup = createEndpointSecurityGroup(scope, network);
  for (const service of spec.interfaceEndpoints) {
    const endpointName = `${name}-endpoint-${service}`;
    new aws.ec2.VpcEndpoint(
      endpointName,
      {
        region: spec.region,
        vpcId: network.vpc.vpcId,
        vpcEndpointType: "Interface",
        serviceName: `com.amazonaws.${spec.region}.${service}`,
        subnetIds: network.privateSubnetIds,
        securityGroupIds: [securityGroup.id],
        privateDnsEnabled: true,
        policy: interfaceEndpointPolicy(service, spec),
        tags: namedTags(scope, endpointName),
      },
      { parent },
    );
  }
  return securityGroup.id;
}

/** Endpoints answer and never ask: HTTPS in from the VPC, nothing out. */
function createEndpointSecurityGroup(scope: Scope, network: Network): aws.ec2.SecurityGroup {
  const { name, spec, parent } = scope;
  const groupName = `${name}-endpoints`;
  const group = new aws.ec2.SecurityGroup(
    groupName,
    {
      region: spec.region,
      vpcId: network.vpc.vpcId,
      description: "Interface endpoints: HTTPS from the VPC",
      tags: namedTags(scope, groupName),
    },
    { parent },
  );
  const ruleName = `${groupName}-https`;
  new aws.vpc.SecurityGroupIngressRule(
    ruleName,
    {
      region: spec.region,
      securityGroupId: group.id,
      description: "HTTPS from the VPC",
      cidrIpv4: spec.cidrBlock,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      tags: namedTags(scope, ruleName),
    },
    { parent },
  );
  return group;
}
