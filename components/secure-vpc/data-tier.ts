import * as aws from "@pulumi/aws";
import { type Network } from "./network";
import { namedTags, type Scope } from "./scope";

type Traffic = Pick<
  aws.ec2.NetworkAclRuleArgs,
  "protocol" | "fromPort" | "toPort" | "icmpType" | "icmpCode"
>;

/**
 * What passes between the data tier and the rest of the VPC, in both directions alike: ACLs keep no state, so the
 * answer to what one rule lets in goes out by another, to the high port that the question came from.
 * Name resolution needs no rule: ACLs do not see the VPC's resolver.
 */
const traffic: Readonly<Record<string, { ruleNumber: number; match: Traffic }>> = {
  // Consoles of brokers and search, and endpoints called from here.
  https: { ruleNumber: 100, match: { protocol: "tcp", fromPort: 443, toPort: 443 } },
  // Stores listen on high ports, and answers go to them.
  "high-ports": { ruleNumber: 110, match: { protocol: "tcp", fromPort: 1024, toPort: 65535 } },
  // https://docs.aws.amazon.com/vpc/latest/userguide/path_mtu_discovery.html
  "path-mtu": { ruleNumber: 120, match: { protocol: "icmp", icmpType: 3, icmpCode: 4 } },
};

const directions = { in: false, out: true } as const;

/** A network ACL that keeps the data subnets to the VPC, whatever a route or a security group may say one day. */
export function createDataTierAcl(scope: Scope, network: Network): void {
  const { name, spec, parent } = scope;
  const aclName = `${name}-data`;
  const acl = new aws.ec2.NetworkAcl(
    aclName,
    { region: spec.region, vpcId: network.vpc.vpcId, tags: namedTags(scope, aclName) },
    { parent },
  );
  for (const [direction, egress] of Object.entries(directions)) {
    for (const [role, { ruleNumber, match }] of Object.entries(traffic)) {
      new aws.ec2.NetworkAclRule(
        `${aclName}-${direction}-${role}`,
        {
          region: spec.region,
          networkAclId: acl.id,
          egress,
          ruleNumber,
          ruleAction: "allow",
          cidrBlock: spec.cidrBlock,
          ...match,
        },
        { parent },
      );
    }
  }
  spec.availabilityZones.forEach((zone, index) => {
    const subnetId = network.dataSubnetIds[index];
    if (subnetId === undefined) return;
    new aws.ec2.NetworkAclAssociation(
      `${aclName}-${zone}`,
      { region: spec.region, networkAclId: acl.id, subnetId },
      { parent },
    );
  });
}
