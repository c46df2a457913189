import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { TraceStore } from "../../components/trace-store";

const region = "us-west-2";
const accountId = new pulumi.Config().require("accountId");
const provider = new aws.Provider("account", { region, allowedAccountIds: [accountId] });

const subnetIds = [
  "subnet-0aaaaaaaaaaaaaaaa",
  "subnet-0bbbbbbbbbbbbbbbb",
  "subnet-0cccccccccccccccc",
];

/** For Jaeger, which signs its requests with the role of its service account. */
export const { endpoint, domainArn } = new TraceStore(
  "traces",
  {
    region,
    accountId,
    domainName: "shop-traces",
    network: {
      vpcId: "vpc-0123456789abcdef0",
      subnetIds,
      clients: { nodes: "sg-0123456789abcdef0" },
    },
    functionSubnetIds: subnetIds,
    instanceType: "r7g.large.search",
    storageGiB: 100,
    retentionDays: 7,
    indexPrefix: "jaeger",
    alarmTopicArn: `arn:aws:sns:${region}:${accountId}:operations`,
  },
  { providers: [provider] },
);
