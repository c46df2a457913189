import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AlarmTopic } from "../../components/alarm-topic";
import { DnsFailover } from "../../components/dns-failover";

const config = new pulumi.Config();
const accountId = config.require("accountId");
const provider = new aws.Provider("account", {
  region: "us-west-2",
  allowedAccountIds: [accountId],
});
const providers = { providers: [provider] };

const topic = new AlarmTopic("shop-dns", { region: "us-east-1", accountId }, providers);

/** The other region's program has the same hosts and zone, and the secondary record. */
export const { healthCheckId } = new DnsFailover(
  "shop-dns",
  {
    domain: "shop.example.com",
    hostedZoneId: config.require("hostedZoneId"),
    hosts: [
      { subdomain: "api", healthPath: "/health", critical: true },
      { subdomain: "www", healthPath: "/", critical: false },
    ],
    record: "primary",
    label: "west",
    targetHostname: config.require("loadBalancer"),
    admitsTraffic: true,
    alarmTopicArn: topic.topicArn,
  },
  providers,
);
