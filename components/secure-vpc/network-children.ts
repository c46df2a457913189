import type * as pulumi from "@pulumi/pulumi";

/**
 * What `awsx.ec2.Vpc` leaves no argument for, set on its children.
 * No subnet hands out public addresses: load balancers and NAT gateways bring their own. VPC and subnets can be
 * protected, and only they: protected routes and gateways would forbid another way of egress.
 */
export function settleNetworkChildren(protect: boolean): pulumi.ResourceTransform {
  return ({ type, props, opts }) => {
    switch (type) {
      case "aws:ec2/subnet:Subnet":
        return { props: { ...props, mapPublicIpOnLaunch: false }, opts: { ...opts, protect } };
      case "aws:ec2/vpc:Vpc":
        return { props, opts: { ...opts, protect } };
      default:
        return undefined;
    }
  };
}
