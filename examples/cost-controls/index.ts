import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { CostControls } from "../../components/cost-controls";

const config = new pulumi.Config();
const region = "us-west-2";
const accountId = config.require("accountId");

const account = new aws.Provider("account", { region, allowedAccountIds: [accountId] });

const costs = new CostControls(
  "costs",
  {
    region,
    accountId,
    environment: "prod",
    monthlyBudgetUsd: config.requireNumber("monthlyBudgetUsd"),
    emailAddresses: ["finance@example.com"],
    ownsAccountSettings: true,
    alarmTopicArn: `arn:aws:sns:${region}:${accountId}:alarms`,
  },
  { providers: [account] },
);

export const topicArn = costs.topicArn;
