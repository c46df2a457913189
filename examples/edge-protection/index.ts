import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AlarmTopic } from "../../components/alarm-topic";
import { EdgeProtection } from "../../components/edge-protection";

const config = new pulumi.Config();
const region = "us-west-2";
const accountId = config.require("accountId");
const domain = config.require("domain");
const provider = new aws.Provider("account", { region, allowedAccountIds: [accountId] });

const { topicArn } = new AlarmTopic("operations", { region, accountId }, { providers: [provider] });

const edge = new EdgeProtection(
  "example",
  {
    region,
    accountId,
    environment: "example",
    domain,
    hosts: [`www.${domain}`],
    hostedZoneId: config.require("hostedZoneId"),
    largeBodyPaths: [{ host: `www.${domain}`, pathPrefix: "/api/v1/datasets" }],
    alarmTopicArn: topicArn,
    // An example is there to be taken down again.
    protect: false,
  },
  { providers: [provider] },
);

export const { webAclArn, certificateArn, balancerLogs } = edge;
