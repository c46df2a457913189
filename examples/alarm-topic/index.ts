import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AlarmTopic } from "../../components/alarm-topic";

const region = "us-west-2";
const accountId = new pulumi.Config().require("accountId");
const provider = new aws.Provider("account", { region, allowedAccountIds: [accountId] });

const { topicArn } = new AlarmTopic(
  "operations",
  { region, accountId, emailAddresses: ["operations@platform.example"] },
  { providers: [provider] },
);

// What tells the topic: here an alarm on the bill, as any other.
new aws.cloudwatch.MetricAlarm(
  "estimated-charges",
  {
    namespace: "AWS/Billing",
    metricName: "EstimatedCharges",
    dimensions: { Currency: "USD" },
    statistic: "Maximum",
    period: 21600,
    evaluationPeriods: 1,
    comparisonOperator: "GreaterThanThreshold",
    threshold: 1000,
    alarmActions: [topicArn],
  },
  { provider },
);

export { topicArn };
