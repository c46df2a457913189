import { awsFoundational } from "../shared/frameworks";
import { known } from "../shared/known";
import { stackRule } from "../shared/rule";

const vpcType = "aws:ec2/vpc:Vpc";
const logType = "aws:ec2/flowLog:FlowLog";

export const logFlow = stackRule({
  name: "log-flow",
  description: "The traffic of every network is logged, what was refused among it.",
  reach: "production",
  severity: "medium",
  framework: awsFoundational("EC2.6", "VPC flow logging should be enabled in all VPCs"),
  tags: ["fsbp:EC2.6", "ckv:CKV2_AWS_11"],
  remediationSteps: "Add an aws.ec2.FlowLog with the VPC's id and trafficType ALL or REJECT.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",
  settings: {},
  types: [vpcType, logType],
  check: ({ graph, report }) => {
    const logs = graph.ofType(logType);
    const logged = logs.map((log) => graph.referents(log, "vpcId", vpcType));
    for (const vpc of graph.ofType(vpcType))
      if (logged.every((vpcs) => vpcs?.includes(vpc) === false))
        report("no flow log says who talks in it", vpc.urn);
    for (const log of logs)
      if (known((): unknown => log.props["trafficType"]) === "ACCEPT")
        report("trafficType: leaves out what was refused", log.urn);
  },
});
