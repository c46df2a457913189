import * as aws from "@pulumi/aws";
import { type Network } from "./network";
import { namedTags, type Scope } from "./scope";

const anyAddress = "0.0.0.0/0";

/**
 * Adopts what every VPC is born with, so that nothing works by accident: a security group that admits nobody,
 * a route table that leads nowhere, and a network ACL, of the subnets that have none of their own, that admits
 * from outside no more than the web and answers.
 */
export function adoptDefaults(scope: Scope, { vpc }: Network): void {
  const { name, spec, parent } = scope;
  const groupName = `${name}-default-group`;
  new aws.ec2.DefaultSecurityGroup(
    groupName,
    {
      region: spec.region,
      vpcId: vpc.vpcId,
      ingress: [],
      egress: [],
      tags: namedTags(scope, groupName),
    },
    { parent },
  );
  const tableName = `${name}-default-routes`;
  new aws.ec2.DefaultRouteTable(
    tableName,
    {
      region: spec.region,
      defaultRouteTableId: vpc.vpc.defaultRouteTableId,
      routes: [],
      tags: namedTags(scope, tableName),
    },
    { parent },
  );
  const aclName = `${name}-default-acl`;
  new aws.ec2.DefaultNetworkAcl(
    aclName,
    {
      region: spec.region,
      defaultNetworkAclId: vpc.vpc.defaultNetworkAclId,
      ingress: defaultIngress(spec.cidrBlock),
      egress: [{ ...rule(100, { protocol: "-1" }), cidrBlock: anyAddress }],
      tags: namedTags(scope, aclName),
    },
    {
      parent,
      // Subnets are not assigned to this ACL but left to it: whichever has no other is in AWS's list.
      // https://www.pulumi.com/registry/packages/aws/api-docs/ec2/defaultnetworkacl/
      ignoreChanges: ["subnetIds"],
    },
  );
}

/**
 * The public, private and cluster subnets' ACL. ACLs keep no state, so answers to what goes out come in as traffic
 * to high ports; load balancers hand clients' connections to pods on high ports too. Below those only the web's
 * ports are open. No hole is cut for Remote Desktop (3389): a NAT gateway takes its own ports from 1024 on, and would
 * lose the answers to one connection in 64,512. Security groups, which keep state, are what closes single ports.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
 */
function defaultIngress(cidrBlock: string): aws.types.input.ec2.DefaultNetworkAclIngress[] {
  return [
    { ...rule(100, { protocol: "-1" }), cidrBlock },
    { ...rule(300, { protocol: "tcp", ports: [80, 80] }), cidrBlock: anyAddress },
    { ...rule(310, { protocol: "tcp", ports: [443, 443] }), cidrBlock: anyAddress },
    { ...rule(400, { protocol: "tcp", ports: [1024, 65535] }), cidrBlock: anyAddress },
    { ...rule(410, { protocol: "udp", ports: [1024, 65535] }), cidrBlock: anyAddress },
    // Path MTU discovery. https://docs.aws.amazon.com/vpc/latest/userguide/path_mtu_discovery.html
    {
      ...rule(420, { protocol: "icmp" }),
      icmpType: 3,
      icmpCode: 4,
      cidrBlock: anyAddress,
    },
  ];
}

/** Protocols without ports take the range 0 to 0. */
function rule(
  ruleNo: number,
  traffic: { protocol: string; ports?: readonly [number, number] },
): Omit<aws.types.input.ec2.DefaultNetworkAclIngress, "cidrBlock"> {
  const [fromPort, toPort] = traffic.ports ?? [0, 0];
  return { ruleNo, action: "allow", protocol: traffic.protocol, fromPort, toPort };
}
