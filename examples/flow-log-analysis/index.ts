import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FlowLogAnalysis } from "../../components/flow-log-analysis";
import { planSubnets } from "../../components/secure-vpc";

const config = new pulumi.Config();
const region = "us-west-2";
const accountId = config.require("accountId");

const provider = new aws.Provider("account", { region, allowedAccountIds: [accountId] });

// Of a SecureVpc with this range and these zones, deployed by another program.
const analysis = new FlowLogAnalysis(
  "shop",
  {
    region,
    accountId,
    environment: "example",
    flowLogBucketName: config.require("flowLogBucketName"),
    flowLogKeyArn: config.require("flowLogKeyArn"),
    subnets: planSubnets({
      cidrBlock: "10.0.0.0/16",
      availabilityZones: ["us-west-2a", "us-west-2b"],
    }),
    allowedFlows: [
      { from: "internet", to: "public", protocol: "tcp", ports: [80, 443] },
      { from: "public", to: "private", protocol: "tcp", ports: [8080] },
      { from: "private", to: "data", protocol: "tcp", ports: [5432] },
      { from: "private", to: "internet", protocol: "tcp", ports: [443] },
      { from: "public", to: "internet", protocol: "tcp", ports: [443] },
    ],
    alarmTopicArn: config.require("alarmTopicArn"),
    // An example is there to be taken down again.
    protect: false,
    tags: { project: "flow-log-analysis-example" },
  },
  { providers: [provider] },
);

export const workgroup = analysis.workgroupName;
export const unexpectedTraffic = analysis.queryIds["unexpected-traffic"];
