import * as aws from "@pulumi/aws";
import * as pagerduty from "@pulumi/pagerduty";
import * as pulumi from "@pulumi/pulumi";
import { PagingServices } from "../../components/paging-services";

const region = "us-west-2";
const config = new pulumi.Config();
const account = new aws.Provider("account", {
  region,
  allowedAccountIds: [config.require("accountId")],
});
const pager = new pagerduty.Provider("pager", { token: config.requireSecret("pagerDutyToken") });

// Whoever may read it can page the team.
const key = new aws.kms.Key(
  "routing-keys",
  { region, description: "Routing keys of PagerDuty", enableKeyRotation: true },
  { provider: account },
);
const secret = new aws.secretsmanager.Secret(
  "routing-keys",
  { region, name: "example/routing-keys", kmsKeyId: key.arn, tags: { rotation: "issued-outside" } },
  { provider: account },
);

const { serviceIds } = new PagingServices(
  "example",
  {
    environment: "example",
    pagedTeams: ["platform"],
    teams: {
      platform: {
        levels: [{ minutes: 15, scheduleIds: [config.require("scheduleId")], userIds: [] }],
      },
    },
    maintenanceWindows: {
      "network-move": {
        description: "The network moves to another provider",
        from: "2027-03-01T22:00:00Z",
        to: "2027-03-02T02:00:00Z",
        teams: ["platform"],
      },
    },
    secret: { region, arn: secret.arn, keys: { platform: "pagerduty-platform" } },
  },
  { providers: { aws: account, pagerduty: pager } },
);

export { serviceIds };
