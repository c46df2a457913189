import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AlarmTopic } from "../../components/alarm-topic";
import { ReplicatedBucket } from "../../components/replicated-bucket";
import { SyntheticMonitoring } from "../../components/synthetic-monitoring";

const region = "us-west-2";
const config = new pulumi.Config();
const accountId = config.require("accountId");
const provider = new aws.Provider("account", { region, allowedAccountIds: [accountId] });
const place = { region, accountId };
const options = { providers: [provider] };

const { topicArn } = new AlarmTopic("shop", place, options);
const results = new ReplicatedBucket(
  "canary-results",
  {
    ...place,
    purpose: "Code and results of canaries",
    folders: { "canaries/": { expireDays: 30, replacedDays: 1 } },
    tags: { "data-class": "none" },
  },
  options,
);

const { canaryNames } = new SyntheticMonitoring(
  "shop",
  {
    ...place,
    canaries: {
      "start-page": {
        steps: [
          {
            name: "answer",
            url: "https://shop.example/",
            expectedStatus: 200,
            expectedText: "Welcome",
            leastCertificateDays: 14,
          },
        ],
      },
    },
    everyMinutes: 5,
    retentionDays: 30,
    bucket: { name: results.bucketName, arn: results.bucketArn, keyArn: results.keyArn },
    alarmTopicArn: topicArn,
    permissionsBoundaryArn: config.require("boundaryArn"),
  },
  options,
);

export { canaryNames };
