import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ChaosExperiments, ServiceAlarms } from "../../components/chaos-experiments";

const config = new pulumi.Config();
const region = "us-west-2";
const environment = "staging";
const accountId = config.require("accountId");

const account = new aws.Provider("account", {
  region,
  allowedAccountIds: [accountId],
  defaultTags: { tags: { environment } },
});
const alarmTopicArn = `arn:aws:sns:${region}:${accountId}:alarms`;

const stop = new ServiceAlarms(
  "stop",
  { region, environment, alarmTopicArn },
  { providers: [account] },
);

new ChaosExperiments(
  "chaos",
  {
    ...{ region, accountId, environment },
    clusterName: config.require("clusterName"),
    stopAlarmArns: stop.alarmArns,
    experiments: { nodeLoss: {}, spotInterruption: {} },
    // On Tuesdays at ten, when people are there.
    schedules: { "node-loss": "cron(0 10 ? * TUE *)" },
    scheduleTimeZone: "America/Los_Angeles",
    alarmTopicArn,
  },
  { providers: [account] },
);
