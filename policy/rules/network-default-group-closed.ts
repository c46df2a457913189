import { awsFoundational } from "../shared/frameworks";
import { snapshot } from "../shared/known";
import { stackRule } from "../shared/rule";
import { listAt } from "../shared/tree";

const vpcType = "aws:ec2/vpc:Vpc";
const groupType = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";

export const networkDefaultGroupClosed = stackRule({
  name: "network-default-group-closed",
  description: "The default security group of every VPC is taken over, and lets nothing through.",
  reach: "everywhere",
  severity: "high",
  framework: awsFoundational(
    "EC2.2",
    "VPC default security groups should not allow inbound or outbound traffic",
  ),
  tags: ["fsbp:EC2.2", "ckv:CKV2_AWS_12"],
  remediationSteps:
    "Add an aws.ec2.DefaultSecurityGroup for the VPC, with empty ingress and egress.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-2",
  settings: {},
  types: [vpcType, groupType],
  check: ({ graph, report }) => {
    const adopted = graph
      .ofType(groupType)
      .map((group) => graph.referents(group, "vpcId", vpcType));
    for (const vpc of graph.ofType(vpcType))
      if (adopted.every((vpcs) => vpcs?.includes(vpc) === false))
        report("no DefaultSecurityGroup takes over this VPC's default group", vpc.urn);
    for (const { urn, props } of graph.ofType(groupType))
      for (const direction of ["ingress", "egress"])
        if (
          listAt(
            snapshot(() => props),
            direction,
          ).length > 0
        )
          report(`${direction}: has rules`, urn);
  },
});
