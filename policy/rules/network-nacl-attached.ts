import type { PolicyResource } from "@pulumi/policy";
import { awsFoundational } from "../shared/frameworks";
import type { Graph } from "../shared/graph";
import { stackRule } from "../shared/rule";

const subnetType = "aws:ec2/subnet:Subnet";
const aclType = "aws:ec2/networkAcl:NetworkAcl";
const associationType = "aws:ec2/networkAclAssociation:NetworkAclAssociation";
const defaultType = "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl";

export const networkNaclAttached = stackRule({
  name: "network-nacl-attached",
  description: "Every subnet has a network ACL of the program's, and no ACL is without a subnet.",
  reach: "production",
  severity: "low",
  framework: awsFoundational("EC2.16", "Unused Network Access Control Lists should be removed"),
  tags: ["fsbp:EC2.16", "ckv:CKV2_AWS_1"],
  remediationSteps:
    "Add a NetworkAclAssociation, or take over the VPC's default ACL with aws.ec2.DefaultNetworkAcl; remove ACLs that serve nothing.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-16",
  settings: {},
  types: [subnetType, aclType],
  check: ({ graph, report }) => {
    const associations = graph.ofType(associationType);
    const acls = graph.ofType(aclType);
    const served = [
      ...associations.map((one) => graph.referents(one, "subnetId", subnetType)),
      ...acls.map((acl) => graph.referents(acl, "subnetIds", subnetType)),
    ];
    // A default ACL has every subnet of its VPC that no other has.
    const hasDefault = graph.ofType(defaultType).length > 0;
    for (const subnet of graph.ofType(subnetType))
      if (!hasDefault && served.every((subnets) => subnets?.includes(subnet) === false))
        report("no network ACL of the program has this subnet", subnet.urn);
    for (const acl of acls)
      if (isUnused(graph, acl, associations)) report("it has no subnet", acl.urn);
  },
});

function isUnused(
  graph: Graph,
  acl: PolicyResource,
  associations: readonly PolicyResource[],
): boolean {
  const own: unknown = "subnetIds" in acl.props;
  return (
    own === false &&
    associations.every(
      (one) => graph.referents(one, "networkAclId", aclType)?.includes(acl) === false,
    )
  );
}
