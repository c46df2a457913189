import { chatKey, deadMansSwitchKey } from "../../components/observability-rules/alertmanager/args";
import { kubernetesSecretName } from "../../components/shared/secret-names";
import { prometheus } from "../../components/shared/prometheus-address";
import type { SecretDeclaration } from "../../components/shared/service-record";
import type { Environment } from "../environment";

export type AlertingSettings = Pick<
  Environment["alerting"],
  "receivers" | "pagerDutyTeams" | "pagerDuty"
>;

/** Owner of the secrets of Alertmanager's receivers, as services own theirs: auterity/ENVIRONMENT/alert/…. */
const owner = "alert";
const receivers = "receivers";
const pagerDuty = "pagerduty";

/** In Alertmanager's namespace. */
export const receiverSecretName = kubernetesSecretName(owner, receivers);
/** The teams' routing keys, where the program makes their services in PagerDuty. */
export const pagerDutySecretName = kubernetesSecretName(owner, pagerDuty);
/** As `SecretsSync` knows it. */
export const pagerDutySecret = `${owner}/${pagerDuty}`;

/** Addresses and keys change when somebody leaves, and not seldom for want of a reason: once a year people are reminded. */
const remindedAfter = { days: 365 } as const;

export function pagerDutyKey(team: string): string {
  return `pagerduty-${team}`;
}

/** The routing keys that are made and written by the program, and not by people. */
export function managesPagerDuty({ receivers: told, pagerDuty: { services } }: AlertingSettings) {
  return told === "teams" && services === "managed";
}

/** What the receivers need as secrets; nothing where the alarm topic is told alone. */
export function receiverOwners(alerting: AlertingSettings | undefined) {
  if (alerting?.receivers !== "teams") return [];
  const managed = managesPagerDuty(alerting);
  const keys = alerting.pagerDutyTeams.map(pagerDutyKey);
  const secrets: SecretDeclaration[] = [
    {
      name: receivers,
      variables: [chatKey, deadMansSwitchKey, ...(managed ? [] : keys)],
      origin: "issued-outside",
      rotation: remindedAfter,
    },
  ];
  if (managed)
    secrets.push({
      name: pagerDuty,
      variables: keys,
      origin: "issued-outside",
      filledBy: "deployment",
      rotation: remindedAfter,
    });
  return [{ name: owner, product: prometheus.namespace, team: "platform", secrets }];
}
