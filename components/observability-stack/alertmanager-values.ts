import { spreadOverZones } from "../shared/zone-spread";
import * as pulumi from "@pulumi/pulumi";
import type { ObservabilityStackSpec } from "./args";
import { heartbeatTopicArn } from "./heartbeat";
import {
  budgetOf,
  claimOf,
  imageByBareSha,
  onSystemNodes,
  resourcesOf,
  unprivileged,
} from "./hardening";
import { podLabels } from "./parts";
import { sizes } from "./sizes";

/** Silences and what was told already. */
const diskGiB = 2;

export function alertmanagerValues(spec: ObservabilityStackSpec): Record<string, unknown> {
  const { alerting, clusterName, images } = spec;
  const { replicas } = alerting;
  const budget = budgetOf(replicas);
  return {
    // The chart merges it with its own: what is left out there stays, so that the first level is always whole.
    config: pulumi
      .output<Readonly<Record<string, unknown>>>(
        alerting.configuration ?? defaultConfiguration(spec),
      )
      .apply((given) => ({ inhibit_rules: [], templates: [], ...given })),
    podDisruptionBudget: {
      enabled: budget !== undefined,
      ...(budget !== undefined && {
        minAvailable: replicas - 1,
        unhealthyPodEvictionPolicy: budget.unhealthyPodEvictionPolicy,
      }),
    },
    serviceAccount: { create: true, name: "alertmanager" },
    alertmanagerSpec: {
      image: imageByBareSha(images.alertmanager),
      replicas,
      storage: { volumeClaimTemplate: claimOf(diskGiB) },
      resources: resourcesOf(sizes.alertmanager),
      ...secretFiles(alerting.secretNames ?? []),
      clusterLabel: clusterName,
      ...(replicas > 1 && {
        podAntiAffinity: "hard",
        podAntiAffinityTopologyKey: "topology.kubernetes.io/zone",
      }),
      topologySpreadConstraints: spreadOverZones(podLabels.alertmanager),
      nodeSelector: onSystemNodes,
      priorityClassName: "system-cluster-critical",
      securityContext: unprivileged(1000),
    },
  };
}

/**
 * Below the folder where the operator would mount them. Its own way waits for a Secret that is not there: no Alertmanager would
 * run before somebody has filled it, and the alert that says so would reach nobody. Files are read anew for each message.
 */
function secretFiles(names: readonly string[]): Record<string, unknown> {
  return {
    volumes: names.map((secretName) => ({
      name: secretName,
      secret: { secretName, optional: true },
    })),
    volumeMounts: names.map((name) => ({
      name,
      mountPath: `${receiverFolder}/${name}`,
      readOnly: true,
    })),
  };
}

/** Where Secrets of receivers are files in Alertmanager's pods, each in a folder of its name. */
export const receiverFolder = "/etc/alertmanager/secrets";

const critical = 'severity="critical"';
const warning = 'severity="warning"';

/** Receiver of the alert that always fires; every configuration has to have it, with the heartbeat's topic. */
export const heartbeatReceiver = "heartbeat";

/** The topic tells people; the alert that always fires goes to the heartbeat, of which CloudWatch tells the absence. */
export function defaultConfiguration(
  spec: Pick<ObservabilityStackSpec, "region" | "accountId" | "clusterName"> & {
    readonly alerting: Pick<ObservabilityStackSpec["alerting"], "topicArn">;
  },
) {
  return {
    global: { resolve_timeout: "5m" },
    route: {
      receiver: "nobody",
      group_by: ["alertname", "cluster", "namespace"],
      group_wait: "30s",
      group_interval: "5m",
      repeat_interval: "12h",
      routes: [
        heartbeatRoute,
        { receiver: "topic", matchers: [critical], repeat_interval: "4h" },
        { receiver: "topic", matchers: [warning] },
      ],
    },
    inhibit_rules: [
      {
        source_matchers: [critical],
        target_matchers: ['severity=~"warning|info"'],
        equal: ["alertname", "namespace"],
      },
    ],
    receivers: [{ name: "nobody" }, heartbeat(spec), topicReceiver(spec)],
  };
}

/** For configurations that tell something to the environment's alarm topic, under the name "topic". */
export function topicReceiver({
  region,
  alerting: { topicArn },
}: {
  readonly region: string;
  readonly alerting: Pick<ObservabilityStackSpec["alerting"], "topicArn">;
}) {
  return {
    name: "topic",
    sns_configs: [
      {
        topic_arn: topicArn,
        sigv4: { region },
        send_resolved: true,
        subject: "[{{ .Status }}] {{ .CommonLabels.alertname }} in {{ .CommonLabels.cluster }}",
      },
    ],
  } as const;
}

/** As often as Alertmanager tells anything again. */
export const heartbeatRoute = {
  receiver: heartbeatReceiver,
  matchers: ['alertname="Watchdog"'],
  group_wait: "0s",
  group_interval: "1m",
  repeat_interval: "1m",
} as const;

/** For every configuration of Alertmanager: what proves that alerts arrive. */
export function heartbeat(
  place: Pick<ObservabilityStackSpec, "region" | "accountId" | "clusterName">,
) {
  return {
    name: heartbeatReceiver,
    sns_configs: [
      {
        topic_arn: heartbeatTopicArn(place),
        sigv4: { region: place.region },
        send_resolved: false,
        subject: "heartbeat",
        message: "Alerts arrive",
      },
    ],
  };
}
