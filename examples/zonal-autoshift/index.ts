import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ZonalAutoshift } from "../../components/zonal-autoshift";

const config = new pulumi.Config();
const region = "us-west-2";
const accountId = config.require("accountId");
const clusterName = config.require("clusterName");

const account = new aws.Provider("account", { region, allowedAccountIds: [accountId] });

new ZonalAutoshift(
  "zones",
  {
    clusterName,
    clusterArn: `arn:aws:eks:${region}:${accountId}:cluster/${clusterName}`,
    zones: 3,
    blockedWindows: ["Mon:15:00-Tue:02:00"],
    alarmTopicArn: `arn:aws:sns:${region}:${accountId}:alarms`,
  },
  { providers: [account] },
);
