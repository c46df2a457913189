import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AlarmTopic } from "../../components/alarm-topic";
import { AnomalyAlarms } from "../../components/anomaly-alarms";

const region = "us-west-2";
const accountId = new pulumi.Config().require("accountId");
const provider = new aws.Provider("account", { region, allowedAccountIds: [accountId] });

const { topicArn } = new AlarmTopic(
  "information",
  { region, accountId, emailAddresses: ["operations@platform.example"] },
  { providers: [provider] },
);

new AnomalyAlarms(
  "account",
  {
    region,
    watched: {
      functions: {
        title: "The number of runs of functions",
        look: "Which function runs more often, and who calls it?",
        ...{ namespace: "AWS/Lambda", metricName: "Invocations", statistic: "Sum", of: [{}] },
        least: 1000,
      },
    },
    informationTopicArn: topicArn,
  },
  { providers: [provider] },
);
