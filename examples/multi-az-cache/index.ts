import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { MultiAzCache } from "../../components/multi-az-cache";

const region = "us-west-2";
const accountId = new pulumi.Config().require("accountId");
const provider = new aws.Provider("account", { region, allowedAccountIds: [accountId] });

const cache = new MultiAzCache(
  "sessions",
  {
    region,
    accountId,
    cacheName: "sessions",
    network: {
      vpcId: "vpc-0123456789abcdef0",
      subnetIds: ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"],
      clients: { shop: "sg-0123456789abcdef0" },
    },
    nodeType: "cache.t4g.small",
    nodes: 2,
    users: { shop: { secretName: "shop/cache", keyPatterns: ["shop:*"] } },
    secretsKeyAlias: "alias/shop-secrets",
    alarmTopicArn: `arn:aws:sns:${region}:${accountId}:operations`,
  },
  { providers: [provider] },
);

// The user's secret; its first value, and every one after, is the rotation's.
const secret = new aws.secretsmanager.Secret(
  "shop-cache",
  { name: "shop/cache", kmsKeyId: "alias/shop-secrets" },
  { provider },
);
new aws.secretsmanager.SecretRotation(
  "shop-cache",
  {
    secretId: secret.id,
    rotationLambdaArn: cache.rotation.functionArn,
    rotationRules: { automaticallyAfterDays: 30 },
  },
  { provider, dependsOn: [cache] },
);

export const { primaryHost, port } = cache;
