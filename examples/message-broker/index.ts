import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { MessageBroker } from "../../components/message-broker";

const region = "us-west-2";
const accountId = new pulumi.Config().require("accountId");
const provider = new aws.Provider("account", { region, allowedAccountIds: [accountId] });
const role = (name: string) => `arn:aws:iam::${accountId}:role/${name}`;
const subnetIds = [
  "subnet-0aaaaaaaaaaaaaaaa",
  "subnet-0bbbbbbbbbbbbbbbb",
  "subnet-0cccccccccccccccc",
];

const broker = new MessageBroker(
  "orders",
  {
    region,
    accountId,
    brokerName: "orders",
    network: {
      vpcId: "vpc-0123456789abcdef0",
      subnetIds,
      clients: { shop: "sg-0123456789abcdef0" },
    },
    rotationNetwork: { subnetIds },
    instanceType: "mq.m7g.large",
    users: {
      shop: { secretName: "shop/broker" },
      billing: { secretName: "billing/broker", configure: "^billing\\.", write: "^$" },
    },
    administrator: {
      secretName: "orders/administrator",
      readerArns: [role("secrets-administrator")],
      deployerArns: [role("deployer")],
    },
    secretsKeyAlias: "alias/shop-secrets",
    alarmTopicArn: `arn:aws:sns:${region}:${accountId}:operations`,
  },
  { providers: [provider] },
);

export const { host, port } = broker;
