import type { Input } from "@pulumi/pulumi";
import {
  type AlertingArgs,
  alertmanagerConfiguration,
  withQuietNights,
} from "../../components/observability-rules";
import {
  defaultConfiguration,
  heartbeat,
  heartbeatRoute,
  receiverFolder,
  topicReceiver,
} from "../../components/observability-stack";
import type { Environment } from "../environment";
import { workingWeek } from "../nights";
import {
  type AlertingSettings,
  managesPagerDuty,
  pagerDutyKey,
  pagerDutySecretName,
  receiverSecretName,
} from "./receiver-secrets";

/** Where the receivers of the rules find their keys and addresses. */
export function receiverPlaces(alerting: AlertingSettings) {
  return {
    pagerDutyKeys: Object.fromEntries(
      alerting.pagerDutyTeams.map((team) => [team, pagerDutyKey(team)]),
    ),
    secretsFolder: `${receiverFolder}/${receiverSecretName}`,
    ...(managesPagerDuty(alerting) && {
      pagerDutyFolder: `${receiverFolder}/${pagerDutySecretName}`,
    }),
  };
}

/** Secrets that Alertmanager mounts. */
export function receiverSecretNames(alerting: AlertingSettings): string[] {
  if (alerting.receivers === "alarm-topic") return [];
  return [receiverSecretName, ...(managesPagerDuty(alerting) ? [pagerDutySecretName] : [])];
}

/** What says that receivers are not reached, or have no keys, goes by the way that needs none of them too. */
export const receiversFail = [
  "PagerDutyFailing",
  "NotificationsFailing",
  "SecretSyncFailed",
  "SecretSyncAbsent",
] as const;

/**
 * Alertmanager's whole configuration, as it is mounted. Whoever else is told, the alert that always fires goes to the
 * heartbeat, of which CloudWatch notices the absence.
 */
export function alertmanagerOf(
  environment: Environment,
  alerting: AlertingArgs,
  topicArn: Input<string>,
) {
  const week = workingWeek(environment);
  const configuration = receiversOf(environment, alerting, topicArn);
  return week === undefined ? configuration : withQuietNights(configuration, week);
}

function receiversOf(
  { name, region, accountId, alerting: { receivers } }: Environment,
  alerting: AlertingArgs,
  topicArn: Input<string>,
) {
  const place = { region, accountId, clusterName: `auterity-${name}`, alerting: { topicArn } };
  if (receivers === "alarm-topic") return defaultConfiguration(place);
  const teams = alertmanagerConfiguration(alerting);
  const topic = topicReceiver(place);
  return {
    ...teams,
    route: {
      ...teams.route,
      routes: [
        { ...heartbeatRoute, continue: true },
        {
          receiver: topic.name,
          matchers: [`alertname=~"${receiversFail.join("|")}"`],
          repeat_interval: "4h",
          continue: true,
        },
        ...(teams.route.routes ?? []),
      ],
    },
    receivers: [...teams.receivers, heartbeat(place), topic],
  };
}
