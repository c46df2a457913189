import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { EventStream, eventStreamClientStatements } from "../../components/event-stream";

const region = "us-west-2";
const accountId = new pulumi.Config().require("accountId");
const provider = new aws.Provider("account", { region, allowedAccountIds: [accountId] });

const stream = new EventStream(
  "events",
  {
    region,
    accountId,
    clusterName: "events",
    network: {
      vpcId: "vpc-0123456789abcdef0",
      subnetIds: [
        "subnet-0aaaaaaaaaaaaaaaa",
        "subnet-0bbbbbbbbbbbbbbbb",
        "subnet-0cccccccccccccccc",
      ],
      clients: { shop: "sg-0123456789abcdef0" },
    },
    instanceType: "kafka.m7g.large",
    alarmTopicArn: `arn:aws:sns:${region}:${accountId}:operations`,
  },
  { providers: [provider] },
);

/** For the role of the service `shop`, whose topics are called `shop.…`. */
export const shopPolicy = pulumi.jsonStringify({
  Version: "2012-10-17",
  Statement: eventStreamClientStatements(stream.clusterArn, "shop"),
});
export const { bootstrapServers } = stream;
